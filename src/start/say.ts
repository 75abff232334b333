/** Tells the person at the terminal one plain sentence. */
export type Say = (sentence: string) => void;

export const say: Say = (sentence) => {
  process.stdout.write(`${sentence}\n`);
};
