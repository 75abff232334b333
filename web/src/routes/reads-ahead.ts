import { createQueryClient } from '../api/query-client';
import { pageAhead } from './page-ahead';
import { readsAt } from './page-reads';

// Evaluated before the frame, the router and the components: what the page reads is asked for while they start.

/** Set by `main`. What is refused before that tells nobody; the router asks for it again, and then this is called. */
export const signedOut = { follow: (): void => undefined };

export const queryClient = createQueryClient(() => signedOut.follow());

if (pageAhead !== undefined) {
  const search = Object.fromEntries(new URLSearchParams(location.search));
  for (const one of readsAt(pageAhead.page, pageAhead.params, search)) void one.send(queryClient);
}
