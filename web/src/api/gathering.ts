interface Asked<Found> {
  id: string;
  resolve: (found: Found | undefined) => void;
  reject: (error: unknown) => void;
}

/** Gathers what is asked for at the same time, so that many parts of a page make one request. */
export class Gathering<Found> {
  private waiting: Asked<Found>[] = [];

  /**
   * @param most how many ids one request may have
   * @param ask answers what was found, by id
   */
  constructor(
    private readonly most: number,
    private readonly ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  ) {}

  /** Undefined when it was not found. Rejects as `ask` does. */
  one(id: string): Promise<Found | undefined> {
    return new Promise((resolve, reject) => {
      // What is asked for before this turn of the event loop ends belongs together.
      if (this.waiting.length === 0) setTimeout(() => this.send());
      this.waiting.push({ id, resolve, reject });
    });
  }

  private send(): void {
    const asked = this.waiting;
    this.waiting = [];
    const ids = [...new Set(asked.map(({ id }) => id))];
    for (let at = 0; at < ids.length; at += this.most) {
      const some = new Set(ids.slice(at, at + this.most));
      const theirs = asked.filter(({ id }) => some.has(id));
      this.ask([...some]).then(
        (found) => theirs.forEach(({ id, resolve }) => resolve(found.get(id))),
        (error: unknown) => theirs.forEach(({ reject }) => reject(error)),
      );
    }
  }
}
