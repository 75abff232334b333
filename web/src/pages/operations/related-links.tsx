import { useTenant } from '../../access/tenant-context';
import type { RelatedLink, Run } from '../../api/operations';
import { isArchive, relatedAddress } from '../../runs/related-address';
import { AppLink } from '../../ui/app-link';
import { Section } from '../../ui/section';

/** What a run is about and what it made, as far as there is something to show for it; and the run that it repeats. */
export function RelatedLinks({ run }: { run: Pick<Run, 'links' | 'retryOf' | 'type' | 'label'> }) {
  const { tenantId } = useTenant();
  const shown = run.links.related.filter(
    (link) => isArchive(link, tenantId) || relatedAddress(link, tenantId) !== null,
  );
  return (
    <Section title="Related">
      <ul className="link-list">
        {shown.map((link) => (
          <li key={`${link.rel} ${link.href}`}>
            <Related link={link} address={relatedAddress(link, tenantId)} />
          </li>
        ))}
        {run.retryOf !== null && (
          <li>
            <AppLink href={`/t/${tenantId}/operations/${run.retryOf}`} className="link">
              The run before, {run.retryOf}
            </AppLink>
          </li>
        )}
        <li>
          <AppLink href={`/t/${tenantId}/operations?type=${encodeURIComponent(run.type)}`} className="link">
            All runs: {run.label}
          </AppLink>
        </li>
      </ul>
    </Section>
  );
}

function Related({ link, address }: { link: RelatedLink; address: string | null }) {
  if (address !== null) {
    return (
      <AppLink href={address} className="link">
        {link.label}
      </AppLink>
    );
  }
  return (
    <a href={link.href} className="link" download>
      {link.label}
    </a>
  );
}
