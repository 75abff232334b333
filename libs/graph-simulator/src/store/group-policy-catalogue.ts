import { bodiesOf, isBody, textOf, type GraphBody } from './graph-body.js';

/**
 * Definitions of administrative templates that a tenant's policies use. Microsoft's own are part of every tenant and stay
 * when the last policy that uses one is deleted, so that a value can be bound to it again.
 */
export class GroupPolicyCatalogue {
  private readonly definitions = new Map<string, GraphBody>();

  /** Remembers the definitions and presentations that a policy holds beside its values. */
  learn(policy: GraphBody): void {
    for (const value of bodiesOf(policy, 'definitionValues')) {
      const definition = isBody(value.definition ?? null) ? (value.definition as GraphBody) : {};
      const id = textOf(definition, 'id');
      if (id === undefined || textOf(definition, 'displayName') === undefined) continue;
      const known = this.definitions.get(id);
      const seen = bodiesOf(value, 'presentationValues').flatMap(({ presentation = null }) =>
        isBody(presentation) ? [presentation] : [],
      );
      const before = known === undefined ? [] : bodiesOf(known, 'presentations');
      const fresh = seen.filter((entry) => !before.some((other) => other.id === entry.id));
      this.definitions.set(id, { ...definition, presentations: [...before, ...fresh] });
    }
  }

  all(): GraphBody[] {
    return [...this.definitions.values()];
  }

  find(id: string): GraphBody | undefined {
    return this.definitions.get(id);
  }
}
