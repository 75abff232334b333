import { useEffect, useState } from 'react';
import { codeAt } from '../routes/page-code';

/** How long the frame stands without its first page at most for what the page reads; for its code as long as that takes. */
const MOMENT_MS = 800;

/** What the first page is to be shown after; later pages are waited for by the router, while the one before stays. */
let code: Promise<unknown> | undefined;
const answers: Promise<unknown>[] = [];
let isOpen = false;

/** What the router is to wait for before it shows a page in the frame: the page's code, but not for the first page's. */
export function untilCode(fetchCode: () => Promise<unknown>, fetched: Promise<void>): Promise<void> {
  if (isOpen || fetchCode !== codeAt(location.pathname)) return fetched;
  code = fetched;
  return Promise.resolve();
}

/**
 * As {@link untilCode}, for what the page reads.
 * @param moment for how long it may be waited for
 */
export function untilAnswers(answered: Promise<unknown>, moment: () => Promise<unknown>): Promise<unknown> | undefined {
  if (isOpen) return Promise.race([answered, moment()]);
  answers.push(answered);
  return undefined;
}

/**
 * Whether the frame may show its page. Of the first it shows itself while the page's code and reads are on their way, and
 * then the page at once, so that nothing of it is pushed about by what comes a little later.
 */
export function useFirstPage(): boolean {
  const [isReady, setReady] = useState(isOpen);
  useEffect(() => {
    const moment = new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
    void Promise.all([code, Promise.race([Promise.all(answers), moment])]).then(() => {
      isOpen = true;
      setReady(true);
    });
  }, []);
  return isReady;
}
