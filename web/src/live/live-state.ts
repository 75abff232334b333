let live = false;

/** Whether this tab is told what happens in its tenant; queries that are told of need not be asked for. */
export function isLive(): boolean {
  return live;
}

export function setLive(now: boolean): void {
  live = now;
}
