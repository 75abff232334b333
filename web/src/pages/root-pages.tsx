import { CrashPage } from '../ui/crash-page';
import { NotFoundPage } from './not-found-page';

/** Outside the frame, where there is no main part of a page yet. */
export function RootNotFoundPage() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

export function RootCrashPage() {
  return (
    <main>
      <CrashPage />
    </main>
  );
}
