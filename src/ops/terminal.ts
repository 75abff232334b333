/** Where a command writes, and who stops it. */
export interface Terminal {
  /** To standard output. */
  write(text: string): void;
  /** Whether a person looks at it, so that a line may be drawn again and again. */
  readonly interactive: boolean;
  /** How wide it is at this moment. */
  columns(): number;
  now(): Date;
  /** Aborts when a person presses Ctrl-C. */
  readonly stop: AbortSignal;
}

/** Writes lines, each with its end. */
export function writeLines(terminal: Terminal, lines: readonly string[]): void {
  terminal.write(lines.map((line) => `${line}\n`).join(''));
}
