import { LoadingRows } from './states';

/** What stands in a page's place until its code is there. */
export function LoadingPage() {
  return <LoadingRows />;
}
