/** The database of `DATABASE_URL` cannot serve this product as it is. The message says why, and what to do. */
export class UnfitDatabase extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitDatabase';
  }
}
