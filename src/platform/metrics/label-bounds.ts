/** What a label may say: the words listed, or the first so many that come. */
export type LabelRule = readonly string[] | { readonly atMost: number };

export type LabelRules<L extends string> = Readonly<Record<L, LabelRule>>;

/** Stands for every value that a rule does not let through. */
export const OTHER = 'other';

/**
 * Keeps the labels of one instrument within their rules. Each distinct value is a series that Prometheus keeps for ever,
 * so what comes from outside must not be able to make new ones without end.
 */
export class LabelBounds<L extends string> {
  private readonly seen = new Map<L, Set<string>>();

  constructor(private readonly rules: LabelRules<L>) {}

  /** The labels with every value that is not let through replaced by {@link OTHER}. */
  bounded(labels: Readonly<Record<L, string>>): Record<L, string> {
    const entries = Object.entries<string>(labels) as [L, string][];
    return Object.fromEntries(entries.map(([name, value]) => [name, this.valueOf(name, value)])) as Record<L, string>;
  }

  private valueOf(name: L, value: string): string {
    const rule: LabelRule = this.rules[name];
    if ('atMost' in rule) return this.isAmongFirst(name, value, rule.atMost) ? value : OTHER;
    return rule.includes(value) ? value : OTHER;
  }

  private isAmongFirst(name: L, value: string, atMost: number): boolean {
    const seen = this.seen.get(name) ?? new Set<string>();
    this.seen.set(name, seen);
    if (!seen.has(value) && seen.size < atMost) seen.add(value);
    return seen.has(value);
  }
}
