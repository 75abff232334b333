import { PAGE_CODE, pageAt } from './page-code';

// Evaluated before everything else: the code of the page that the document was asked for is on its way while the shell's own
// starts, instead of after it.

export const pageAhead = pageAt(location.pathname);

// What cannot be fetched now is asked for again when the page is opened, and then says why.
if (pageAhead !== undefined) PAGE_CODE[pageAhead.page]().catch(() => undefined);
