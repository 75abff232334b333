import { describe, expect, it } from '@jest/globals';
import { normalisedName } from './normalised-name.js';

describe('normalisedName', () => {
  it.each([
    ['Win - OIB - SC - Printing - v3.6', 'Win - OIB - SC - Printing'],
    ['Windows Package Manager  - v3.5', 'Windows Package Manager'],
    ['Baseline (v2.1)', 'Baseline'],
    ['Baseline v2.1', 'Baseline'],
    ['Baseline_v2', 'Baseline'],
    ['Baseline - Version 4', 'Baseline'],
    ['Disable SMBv1', 'Disable SMBv1'],
    ['Block IPv6', 'Block IPv6'],
    ['Windows 11', 'Windows 11'],
    ['Chrome - v3.0 (Deprecated)', 'Chrome - v3.0 (Deprecated)'],
    [' - v3.0', '- v3.0'],
  ])('%s', (name, expected) => expect(normalisedName(name)).toBe(expected));
});
