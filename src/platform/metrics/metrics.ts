import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { LabelBounds, type LabelRules } from './label-bounds.js';

export interface InstrumentSpec<L extends string> {
  /** Without the product's prefix, in base units: `http_request_duration_seconds`, `runs_started_total`. */
  name: string;
  help: string;
  labels: LabelRules<L>;
}

export interface HistogramSpec<L extends string> extends InstrumentSpec<L> {
  /** Upper bounds, ascending, in the unit of the name. */
  buckets: readonly number[];
}

export interface GaugeSpec<L extends string> extends InstrumentSpec<L> {
  /** Asked at every scrape. When it fails, the gauge is left out of that scrape and the failure is counted. */
  read: () => readonly Sample<L>[] | Promise<readonly Sample<L>[]>;
}

export interface Sample<L extends string> {
  labels: Readonly<Record<L, string>>;
  value: number;
}

export type Count<L extends string> = (labels: Readonly<Record<L, string>>, by?: number) => void;
export type Observe<L extends string> = (labels: Readonly<Record<L, string>>, value: number) => void;

const PREFIX = 'tenantatlas_';

/**
 * The instruments of one process, as Prometheus reads them. Every label has a bound, and no label ever names a tenant, a
 * person or a single run.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly countUnread = this.counter({
    name: 'metric_read_failures_total',
    help: 'Gauges that could not be read at a scrape.',
    labels: { metric: { atMost: 50 } },
  });

  /** What Prometheus is told of the text. */
  get contentType(): string {
    return this.registry.contentType;
  }

  counter<L extends string>(spec: InstrumentSpec<L>): Count<L> {
    const bounds = new LabelBounds(spec.labels);
    const counter = new Counter<L>(this.configOf(spec));
    return (labels, by = 1) => counter.inc(bounds.bounded(labels), by);
  }

  histogram<L extends string>(spec: HistogramSpec<L>): Observe<L> {
    const bounds = new LabelBounds(spec.labels);
    const histogram = new Histogram<L>({ ...this.configOf(spec), buckets: [...spec.buckets] });
    return (labels, value) => histogram.observe(bounds.bounded(labels), value);
  }

  /** A value that is looked up when it is asked for, and not kept up to date between. */
  gauge<L extends string>(spec: GaugeSpec<L>): void {
    const bounds = new LabelBounds(spec.labels);
    const gauge: Gauge<L> = new Gauge<L>({
      ...this.configOf(spec),
      collect: async () => {
        const samples = await this.samplesOf(spec);
        gauge.reset();
        // Without labels a reset leaves 0 behind, which would be a lie about what could not be read.
        if (samples === undefined) gauge.remove({});
        else for (const { labels, value } of samples) gauge.set(bounds.bounded(labels), value);
      },
    });
  }

  /** Adds what Node knows of itself: memory, event loop, garbage collection. Call it once; it watches from then on. */
  watchNode(): void {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  /** All instruments in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private async samplesOf<L extends string>({ name, read }: GaugeSpec<L>): Promise<readonly Sample<L>[] | undefined> {
    try {
      return await read();
    } catch {
      this.countUnread({ metric: PREFIX + name });
      return undefined;
    }
  }

  private configOf<L extends string>({
    name,
    help,
    labels,
  }: InstrumentSpec<L>): {
    name: string;
    help: string;
    labelNames: L[];
    registers: Registry[];
  } {
    return { name: PREFIX + name, help, labelNames: Object.keys(labels) as L[], registers: [this.registry] };
  }
}
