import { describe, expect, it } from '@jest/globals';
import { windowFilter } from './time-window';

const FROM = '2026-11-01T08:00:00.000Z';
const TO = '2026-11-02T08:00:00.000Z';

describe('the time window of the list', () => {
  it.each([
    [{}, {}],
    [{ window: '6h' }, { lastMinutes: 360 }],
    [{ window: '30d', from: FROM }, { lastMinutes: 43_200 }],
    [
      { window: 'custom', from: FROM, to: TO },
      { from: FROM, to: TO },
    ],
    [{ from: FROM }, { from: FROM }],
    [{ window: 'yesterday', to: 'soon' }, {}],
  ])('asks for %j as %j', (search, filter) => {
    expect(windowFilter(search)).toEqual(filter);
  });
});
