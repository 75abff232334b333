import type { ImportedPolicy } from '../../api/interchange';
import { platformWords } from '../../inventory/platform-words';
import { AppLink } from '../../ui/app-link';
import { BreakableName } from '../../ui/breakable-name';
import type { Column } from '../../ui/data-table';
import { countOf, wordsOf } from '../../ui/format';
import { ToneBadge } from '../../ui/tone-badge';
import { IMPORT_LOOKS, limitsOf } from './import-words';

export function importColumns(tenantId: string): Column<ImportedPolicy>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: ({ name, file, policyId }) => (
        <>
          {policyId === null ? (
            name
          ) : (
            <AppLink href={`/t/${tenantId}/inventory/policies/${policyId}`} className="link">
              {name}
            </AppLink>
          )}
          <div className="cell-note">
            <BreakableName name={file} />
          </div>
        </>
      ),
    },
    {
      key: 'type',
      header: 'Type',
      width: 230,
      cell: ({ typeLabel, platform }) => (
        <div>
          {typeLabel}
          {platform !== null && <div className="cell-note">{platformWords(platform)}</div>}
        </div>
      ),
    },
    {
      key: 'state',
      header: 'In the tenant',
      width: 220,
      cell: ({ state }) => {
        const { words, tone, Icon } = IMPORT_LOOKS[state];
        return (
          <ToneBadge tone={tone} Icon={Icon}>
            {words}
          </ToneBadge>
        );
      },
    },
    { key: 'changes', header: 'Differences', width: '30%', cell: (policy) => <Differences policy={policy} /> },
  ];
}

function Differences({ policy }: { policy: ImportedPolicy }) {
  const { changes, changeCount } = policy;
  return (
    <div>
      {changeCount === 0 ? (
        policy.state === 'equal' ? (
          'None'
        ) : (
          '–'
        )
      ) : (
        <details>
          <summary>{countOf(changeCount, 'difference')}</summary>
          <ul className="plain-list">
            {changes.map(({ path, change }) => (
              <li key={`${path} ${change}`}>
                {wordsOf(change)}: <BreakableName name={path} />
              </li>
            ))}
          </ul>
          {changes.length < changeCount && `and ${changeCount - changes.length} more`}
        </details>
      )}
      {limitsOf(policy).map((limit) => (
        <div key={limit} className="cell-note">
          {limit}
        </div>
      ))}
    </div>
  );
}
