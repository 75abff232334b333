/** A click comes again within seconds or not at all; what is forgotten costs one statement more, nothing else. */
const MOST = 2_000;

/**
 * Remembers identities that had an active run a moment ago, so that who starts an equal one looks before it writes. Only a
 * hint of which of the two comes first: both end in the same answer.
 */
export class RecentlyActive {
  /** In the order of the last time that they were seen. */
  private readonly keys = new Set<string>();

  has(key: string): boolean {
    return this.keys.has(key);
  }

  see(key: string): void {
    this.keys.delete(key);
    this.keys.add(key);
    if (this.keys.size <= MOST) return;
    for (const oldest of this.keys) {
      this.keys.delete(oldest);
      return;
    }
  }

  forget(key: string): void {
    this.keys.delete(key);
  }
}
