import { COVERAGE_STATES, type CoverageState } from './coverage.js';

const WORDS: Record<Exclude<CoverageState, 'read'>, string> = {
  partial: 'partly read',
  forbidden: 'forbidden',
  throttled: 'throttled',
  failed: 'failed',
  unsupported_licence: 'without a licence',
};

/** "58 of 61 policy types were read to the end; 2 forbidden, 1 without a licence." */
export function coverageInWords(byState: Readonly<Record<CoverageState, number>>): string {
  const types = COVERAGE_STATES.reduce((sum, state) => sum + byState[state], 0);
  if (types === 0) return 'No policy type was tried.';
  const gaps = COVERAGE_STATES.flatMap((state) =>
    state === 'read' || byState[state] === 0 ? [] : `${byState[state]} ${WORDS[state]}`,
  );
  const read = `${byState.read} of ${types} policy ${types === 1 ? 'type was' : 'types were'} read to the end`;
  return gaps.length === 0 ? `${read}.` : `${read}; ${gaps.join(', ')}.`;
}
