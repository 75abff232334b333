import { UnfitSurroundings } from '../../errors/unfit-surroundings.js';

/** The database of `DATABASE_URL` cannot serve this product as it is. The message says why, and what to do. */
export class UnfitDatabase extends UnfitSurroundings {}
