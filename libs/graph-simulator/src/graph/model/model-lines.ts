import { MODEL_PART as FIRST } from './model-part-1.js';
import { MODEL_PART as SECOND } from './model-part-2.js';
import { MODEL_PART as THIRD } from './model-part-3.js';
import { MODEL_PART as FOURTH } from './model-part-4.js';
import { MODEL_PART as FIFTH } from './model-part-5.js';
import { MODEL_PART as SIXTH } from './model-part-6.js';

/** One line per type, see GraphModel. */
export const MODEL_LINES: readonly string[] = [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH].flatMap((part) =>
  part.split('\n').filter((line) => line !== ''),
);
