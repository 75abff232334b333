import { Box, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import type { AuditEntry, AuditValues } from '../../api/audit';
import { runSummaryQuery } from '../../api/operations';
import { AppLink } from '../../ui/app-link';
import { FieldList, type Field } from '../../ui/field-list';
import { absoluteTime, wordsOf } from '../../ui/format';
import { ValueText } from '../../ui/value-text';
import { pathOf, sentenceOf } from './audit-words';

/** Who did what to which thing, as one sentence, with a link to the thing where it has a page. */
export function AuditWords({ entry }: { entry: AuditEntry }) {
  const { tenantId } = useTenant();
  const types = useQuery(runSummaryQuery(tenantId)).data?.types;
  const labelOf = (type: string) => types?.find((each) => each.type === type)?.label;
  const { deed, subject, rest } = sentenceOf(entry, labelOf);
  const path = pathOf(entry);
  const shown = subject ?? (entry.subjectType === 'operation_run' ? `run ${entry.subjectId}` : null);
  return (
    <Text size="sm" component="div" fw={400} style={{ overflowWrap: 'anywhere' }}>
      <strong>{entry.actorName}</strong> {deed}{' '}
      {shown !== null &&
        (path === undefined ? (
          <strong>{shown}</strong>
        ) : (
          <AppLink href={`/t/${tenantId}${path}`} className="link">
            {shown}
          </AppLink>
        ))}{' '}
      {rest}
    </Text>
  );
}

/** Where an entry came from, and what changed, for those who ask for it. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry);
  return (
    <Box component="details" className="technical" mb={0}>
      <summary>Technical details</summary>
      <Box py="xs">
        <FieldList fields={fieldsOf(entry)} />
        {changes.length > 0 && (
          <table className="data-table" style={{ marginTop: 12, borderSpacing: '0 4px' }}>
            <caption className="visually-hidden">Values before and after</caption>
            <thead>
              <tr>
                {['Value', 'Before', 'After'].map((heading) => (
                  <th key={heading} scope="col" style={{ textAlign: 'left', paddingRight: 24 }}>
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map(({ name, before, after }) => (
                <tr key={name}>
                  <th scope="row" className="row-heading" style={{ paddingRight: 24 }}>
                    {wordsOf(name)}
                  </th>
                  <td data-label="Before" style={{ paddingRight: 24 }}>
                    <ValueText value={before} />
                  </td>
                  <td data-label="After">
                    <ValueText value={after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Box>
    </Box>
  );
}

function fieldsOf(entry: AuditEntry): Field[] {
  return [
    { label: 'Time', value: absoluteTime(entry.at) },
    { label: 'Action', value: <code>{entry.action}</code> },
    { label: wordsOf(entry.subjectType), value: <code>{entry.subjectId}</code> },
    { label: 'Network address', value: entry.address ?? '–' },
    { label: 'Program', value: entry.userAgent ?? '–' },
    { label: 'Correlation id', value: <code>{entry.correlationId}</code> },
  ];
}

/** The values that differ; all of them where a thing was made or taken away. */
function changesOf({ change }: AuditEntry): { name: string; before: unknown; after: unknown }[] {
  if (change === null) return [];
  const { before, after } = change;
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: valueOf(before, name), after: valueOf(after, name) }))
    .filter((each) => each.before !== each.after);
}

function valueOf(values: AuditValues | null, name: string): string | number | boolean | null {
  return values?.[name] ?? null;
}
