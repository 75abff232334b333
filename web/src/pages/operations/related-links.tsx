import { useTenant } from '../../access/tenant-context';
import type { RelatedLink } from '../../api/operations';
import { isArchive, relatedAddress } from '../../runs/related-address';
import { AppLink } from '../../ui/app-link';
import { Section } from '../../ui/section';

/** What a run is about and what it made, as far as there is something to show for it. */
export function RelatedLinks({ links }: { links: readonly RelatedLink[] }) {
  const { tenantId } = useTenant();
  const shown = links.filter((link) => isArchive(link, tenantId) || relatedAddress(link, tenantId) !== null);
  if (shown.length === 0) return null;
  return (
    <Section title="Related">
      <ul className="link-list">
        {shown.map((link) => (
          <li key={`${link.rel} ${link.href}`}>
            <Related link={link} address={relatedAddress(link, tenantId)} />
          </li>
        ))}
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
