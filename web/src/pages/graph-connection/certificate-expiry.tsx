import { absoluteTime, countOf } from '../../ui/format';
import { ToneBadge } from '../../ui/tone-badge';
import { useNow } from '../../ui/use-now';

const DAY_MS = 86_400_000;
/** Long enough to get a new certificate made and uploaded. */
const SOON_DAYS = 30;

/** When a certificate ends, and how soon that is. */
export function CertificateExpiry({ at }: { at: string }) {
  const days = Math.floor((Date.parse(at) - useNow()) / DAY_MS);
  return (
    <>
      {absoluteTime(at)}{' '}
      {days < 0 ? (
        <ToneBadge tone="red">Expired</ToneBadge>
      ) : (
        <ToneBadge tone={days < SOON_DAYS ? 'amber' : 'green'}>
          {days === 0 ? 'Less than a day left' : `${countOf(days, 'day')} left`}
        </ToneBadge>
      )}
    </>
  );
}
