import { useTenant } from '../../access/tenant-context';
import type { Run } from '../../api/operations';
import { relatedAddress } from '../../runs/related-address';
import { AppLink } from '../../ui/app-link';

/** What a run is about, as a link where a page shows it; nothing for a run about the whole tenant. */
export function SubjectName({ run }: { run: Pick<Run, 'subject' | 'links'> }) {
  const { tenantId } = useTenant();
  const { subject } = run;
  if (subject === null || subject.name === null || subject.name === '') return null;
  const address = run.links.related
    .map((link) => relatedAddress(link, tenantId))
    .find((each) => each !== null && each.endsWith(`/${subject.id}`));
  if (address === undefined || address === null) return subject.name;
  return (
    <AppLink href={address} className="link">
      {subject.name}
    </AppLink>
  );
}
