import { describe, expect, it } from '@jest/globals';
import { LabelBounds, OTHER } from './label-bounds.js';
import { Metrics } from './metrics.js';

describe('the bounds of labels', () => {
  it('let through what is listed', () => {
    const bounds = new LabelBounds({ status: ['2xx', '5xx'] });
    expect(bounds.bounded({ status: '2xx' })).toEqual({ status: '2xx' });
    expect(bounds.bounded({ status: '999' })).toEqual({ status: OTHER });
  });

  it('let through the first so many, for each label apart, and those again', () => {
    const bounds = new LabelBounds({ route: { atMost: 2 }, kind: { atMost: 1 } });
    const seen = ['/a', '/b', '/c', '/a', '/d'].map((route) => bounds.bounded({ route, kind: 'x' }));
    expect(seen.map(({ route }) => route)).toEqual(['/a', '/b', OTHER, '/a', OTHER]);
    expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(['x']));
  });

  it('hold in the text that Prometheus reads, whatever comes', async () => {
    const metrics = new Metrics();
    const count = metrics.counter({ name: 'asked_total', help: 'Asked.', labels: { what: { atMost: 10 } } });
    for (let n = 0; n < 1_000; n += 1) count({ what: `tenant-${n}\n"} 1` });
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('tenantatlas_asked_total{'));
    expect(lines).toHaveLength(11);
    expect(lines).toContain(`tenantatlas_asked_total{what="${OTHER}"} 990`);
  });
});
