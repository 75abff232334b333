/**
 * A process can do nothing where it was started: a wrong setting, an unfit server, a port that another has. The message is
 * for whoever operates the machine: one sentence for each fault, with what to do.
 */
export class UnfitSurroundings extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
