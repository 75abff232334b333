import { Suspense, useState } from 'react';
import { lazyPart } from './lazy-part';
import { UserButton } from './user-button';

const AccountMenu = lazyPart(() => import('./account-menu'), 'AccountMenu');

/** The signed-in person; the menu comes with the first click. */
export function UserMenu() {
  const [isWanted, setWanted] = useState(false);
  const button = <UserButton aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)} />;
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu />
    </Suspense>
  );
}
