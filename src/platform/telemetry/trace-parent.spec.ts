import { describe, expect, it } from '@jest/globals';
import { formatTraceParent, parseTraceParent } from './trace-parent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it('survives being written and read', () => {
    const context = { traceId: TRACE, spanId: SPAN, traceFlags: 1 };
    expect(formatTraceParent(context)).toBe(`00-${TRACE}-${SPAN}-01`);
    expect(parseTraceParent(formatTraceParent(context))).toEqual({ ...context, isRemote: true });
  });

  it('of a later version may be longer', () => {
    expect(parseTraceParent(`01-${TRACE}-${SPAN}-00-more`)).toMatchObject({ traceId: TRACE, traceFlags: 0 });
  });

  it.each([
    undefined,
    '',
    'hunter2',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01\n`,
  ])('is not %j', (text) => {
    expect(parseTraceParent(text)).toBeUndefined();
  });
});
