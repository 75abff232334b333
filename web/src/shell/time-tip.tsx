import { Suspense, useEffect, useId, useState } from 'react';
import { TIME_CLASS } from '../ui/time-class';
import { lazyPart } from './lazy-part';

const MomentTooltip = lazyPart(
  () => import('./moment-tooltip'),
  'MomentTooltip',
  () => null,
);

/**
 * Shows the exact time of the moment that a pointer or the focus is on. There is one of it for all moments of a page: a list has
 * hundreds, and a tooltip for each would be most of the work of showing it.
 */
export function TimeTip() {
  const [moment, setMoment] = useState<HTMLTimeElement | null>(null);
  const id = useId();

  useEffect(() => {
    const show = ({ target }: Event): void => setMoment(momentAt(target));
    const hide = (): void => setMoment(null);
    const escape = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide();
    };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', escape);
    };
  }, []);

  useEffect(() => {
    moment?.setAttribute('aria-describedby', id);
    return () => moment?.removeAttribute('aria-describedby');
  }, [moment, id]);

  return (
    moment !== null && (
      <Suspense>
        <MomentTooltip moment={moment} id={id} />
      </Suspense>
    )
  );
}

/** The moment under an event; while the focus is on one, it stays that one. */
function momentAt(target: EventTarget | null): HTMLTimeElement | null {
  const under = target instanceof Element ? target.closest<HTMLTimeElement>(`time.${TIME_CLASS}`) : null;
  return under ?? document.activeElement?.closest<HTMLTimeElement>(`time.${TIME_CLASS}`) ?? null;
}
