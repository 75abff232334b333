import type { QueryClient } from '@tanstack/react-query';
import { untilAnswers } from '../shell/first-page';
import type { Read } from './reads/read';

/** How long a page waits for its reads before it is shown without them: about as long as a click still feels answered. */
const MOMENT_MS = 250;

/** What every route's loader is given. */
export interface RouterContext {
  /**
   * Sends what a page reads as soon as its address is known, beside its code; the page asks for the same and shows how it
   * goes. A page that is come to is shown once all of it is there, so that nothing of it is pushed about by what comes a
   * little later; after a moment it is shown with what there is. On the same page nothing is waited for: what a person
   * chose must be seen to be chosen at once.
   */
  load: (cause: 'preload' | 'enter' | 'stay', reads: readonly Read[]) => Promise<unknown> | undefined;
}

export function routerContext(queryClient: QueryClient): RouterContext {
  return {
    load: (cause, reads) => {
      const answers = reads.flatMap((one) => {
        const known = queryClient.getQueryData(one.key) !== undefined;
        const answer = one.send(queryClient);
        return known ? [] : [answer];
      });
      if (cause !== 'enter' || answers.length === 0) return undefined;
      return untilAnswers(Promise.all(answers), () => new Promise((resolve) => setTimeout(resolve, MOMENT_MS)));
    },
  };
}
