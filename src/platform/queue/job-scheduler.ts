/** The queue of the bells; no run may wait in it. */
export const BELLS_QUEUE = 'bells';

/** What rings at every tick of a cron expression in a time zone. */
export interface Bell {
  /** Unique; what the listener is told. Letters, digits, `-` and `_`. */
  id: string;
  /** Normalised, five fields; see `cron-times`. */
  cron: string;
  /** IANA name. */
  timeZone: string;
}

export interface HangingBell extends Bell {
  /** When it rings next; in the past while nobody listens, or after its listener died in the act. */
  nextAt: Date;
}

/** Told which bell rang. */
export type BellHandler = (id: string) => Promise<void>;

/**
 * Rings bells at their times. It promises nothing else: whoever hangs a bell keeps a row that is the truth, looks at it
 * by himself now and then, and takes a ring as a hint that may come late, twice or never. Every method rejects when the
 * transport did not answer in time.
 */
export abstract class JobScheduler {
  /** Hangs a bell, or puts it in place of the one with its id. */
  abstract hang(bell: Bell): Promise<void>;

  /** Takes a bell down; nothing when there is none. */
  abstract takeDown(id: string): Promise<void>;

  /** All bells, in no order. */
  abstract bells(): Promise<HangingBell[]>;

  abstract count(): Promise<number>;

  /** Hears all bells in this process until {@link stopListening}; each ring is heard by one listener of all processes. */
  abstract listen(handler: BellHandler): Promise<void>;

  /** Hears no more; resolves when the running handlers have ended. */
  abstract stopListening(): Promise<void>;

  /** Lets go of what it holds, within seconds; the connections belong to the backend. */
  abstract close(): Promise<void>;
}
