/** Calls that come within a time become one, at its end. */
export class Soon {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastAt = -Infinity;

  /** @param apartMs how long it waits at least from one time to the next */
  constructor(
    private readonly ms: number,
    private readonly work: () => void,
    private readonly apartMs = 0,
  ) {}

  call(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.lastAt = performance.now();
        this.work();
      },
      Math.max(this.ms, this.lastAt + this.apartMs - performance.now()),
    );
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
