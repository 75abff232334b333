/** What a rule does with the requests that it hits. */
export type FaultKind =
  'status' | 'twice-nested' | 'reset' | 'reset-body' | 'truncate' | 'duplicate-next-link' | 'html' | 'wrong-type';

export const FAULT_KINDS: readonly FaultKind[] = [
  'status',
  'twice-nested',
  'reset',
  'reset-body',
  'truncate',
  'duplicate-next-link',
  'html',
  'wrong-type',
];

export interface FaultRule {
  /** Part of the path with its query, as sent or percent-decoded; an empty text matches everything. */
  match: string;
  /** From 0 to 1. */
  probability: number;
  /** Status of the answer; undefined where the kind needs none, or where the rule only delays. */
  status: number | undefined;
  /** `Retry-After` as it goes on the wire: seconds, a decimal, or an HTTP date. */
  retryAfter: string | undefined;
  delayMs: number;
  /** How often the rule still strikes; undefined for ever. */
  times: number | undefined;
  kind: FaultKind;
}

/** The rules in force. The first rule that matches a request and wins its throw strikes it. */
export class FaultRules {
  private rules: FaultRule[] = [];

  constructor(private readonly random: () => number) {}

  replace(rules: readonly FaultRule[]): void {
    this.rules = rules.map((rule) => ({ ...rule }));
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** The rule that strikes this request, with its `times` already counted down. */
  strike(target: string): FaultRule | undefined {
    const readable = decoded(target);
    const rule = this.rules.find(
      (candidate) =>
        candidate.times !== 0 &&
        (target.includes(candidate.match) || readable.includes(candidate.match)) &&
        (candidate.probability >= 1 || this.random() < candidate.probability),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule;
  }
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target.replaceAll('+', ' '));
  } catch {
    return target;
  }
}
