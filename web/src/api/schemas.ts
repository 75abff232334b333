import type { components } from './schema';

/** What the API answers or takes, by its name in `docs/openapi.json`; `npm run openapi` writes both anew. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
