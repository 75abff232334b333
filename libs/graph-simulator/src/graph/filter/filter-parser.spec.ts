import { describe, expect, it } from '@jest/globals';
import type { GraphBody } from '../../store/graph-body.js';
import { FilterUnreadable, FunctionUnknown } from './filter-expression.js';
import { parseFilter } from './filter-parser.js';
import { filterTest } from './filter-test.js';

const OBJECT: GraphBody = {
  '@odata.type': '#microsoft.graph.x',
  name: "Ada's policy",
  count: 7,
  on: true,
  platforms: 'macOS,windows10',
  at: '2026-01-02T03:04:05.0000000Z',
  templateReference: { templateFamily: 'baseline' },
  types: ['Unified'],
};

describe('$filter', () => {
  const matches = (text: string) =>
    filterTest(parseFilter(text), (_body, type) => type === 'microsoft.graph.x')(OBJECT);

  it.each([
    ["name eq 'ada''s POLICY'", true],
    ["name eq 'ada' or count eq 7 and on eq true", true],
    ["count eq 7 or name eq 'x' and on eq false", true],
    ["(name eq 'ada' or count eq 7) and on eq false", false],
    ["not startswith(name,'ada')", false],
    ["contains(name,'POL') and endswith(name,'cy') eq true", true],
    ["isof('#microsoft.graph.x') ne false", true],
    ["isof('microsoft.graph.y') eq false", true],
    ["platforms has 'Windows10'", true],
    ["platforms has microsoft.graph.p'macOS'", true],
    ['at ge 2026-01-02T04:04:05+01:00 and at lt 2026-01-03', true],
    ['count in (1,7)', true],
    ['count gt 7 or count le 6', false],
    ["templateReference/templateFamily eq 'Baseline'", true],
    ["types/any(t:t eq 'unified')", true],
    ["types/any(t:t eq 'dynamic')", false],
    ['gone eq null', true],
    ["gone ne 'x'", true],
    ["microsoft.graph.x/name eq 'ada''s policy'", true],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it.each([
    ['name eq'],
    ["name eq 'a' and"],
    ["(name eq 'a'"],
    ["name eq 'a'') or"],
    ["'a' eq 'a'"],
    ["name like 'a'"],
    ["startswith(name,'a') eq 1"],
    ['('.repeat(4000)],
    [`${'not '.repeat(2000)}on eq true`],
  ])('cannot read %.30s', (text) => {
    expect(() => parseFilter(text)).toThrow(FilterUnreadable);
  });

  it('knows no function but its own', () => {
    expect(() => parseFilter("tolower(name) eq 'a'")).toThrow(FunctionUnknown);
  });
});
