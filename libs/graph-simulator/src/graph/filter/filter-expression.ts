export type FilterLiteral = string | number | boolean | null;

export const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const TEXT_FUNCTIONS = ['startswith', 'contains', 'endswith'] as const;
export type TextFunction = (typeof TEXT_FUNCTIONS)[number];

/** A `$filter` that has been read. Names are as the caller wrote them; which of them may stand there is for each service to say. */
export type FilterExpression =
  | { kind: 'and' | 'or'; parts: FilterExpression[] }
  | { kind: 'not'; inner: FilterExpression }
  | { kind: 'compare'; field: string; operator: Comparison; literal: FilterLiteral }
  | { kind: 'in'; field: string; literals: FilterLiteral[] }
  | { kind: 'function'; name: TextFunction; field: string; text: string }
  /** `isof('microsoft.graph.x')`: the type without `#`. */
  | { kind: 'isof'; type: string }
  /** `field/any(variable:inner)`. */
  | { kind: 'any'; field: string; variable: string; inner: FilterExpression };

/** A text that is no `$filter`. */
export class FilterUnreadable extends Error {
  constructor(
    /** Where it goes wrong, from 0. */
    readonly at: number,
    message = `Syntax error at position ${at}`,
  ) {
    super(message);
  }
}

/** A function that OData has and Graph does not. */
export class FunctionUnknown extends Error {
  constructor(readonly functionName: string) {
    super(`Unknown function '${functionName}'`);
  }
}
