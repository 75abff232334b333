import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Button, Text } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import { connectionQuery, type GraphConnection, type GraphConnectionPage } from '../../api/graph-connection';
import { BreakableName } from '../../ui/breakable-name';
import { FieldList, type Field } from '../../ui/field-list';
import { countOf } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { CertificateExpiry } from './certificate-expiry';
import { CREDENTIAL_WORDS } from './credential-words';
import { RemoveConnectionModal } from './remove-connection-modal';
import { SetConnectionModal } from './set-connection-modal';
import { VerdictSection } from './verdict-section';

export function OwnerView() {
  const { tenantId } = useTenant();
  const page = useQuery(connectionQuery(tenantId));
  return <QueryView query={page}>{(data) => <Connection page={data} />}</QueryView>;
}

function Connection({ page: { connection, entraTenantId, permissionsNeeded } }: { page: GraphConnectionPage }) {
  const [setting, setDialog] = useDisclosure(false);
  const [removing, removeDialog] = useDisclosure(false);
  return (
    <>
      <Section
        title="Connection"
        actions={
          connection !== null && (
            <>
              <Button variant="default" onClick={setDialog.open}>
                Replace
              </Button>
              <Button variant="default" onClick={removeDialog.open}>
                Remove
              </Button>
            </>
          )
        }
      >
        {connection === null ? (
          <EmptyState
            icon={<IconPlugConnectedX size={26} />}
            title="Not connected"
            action={<Button onClick={setDialog.open}>Connect</Button>}
          >
            Register an app in the directory, give it the permissions below, and enter its credential here.
          </EmptyState>
        ) : (
          <FieldList fields={fieldsOf(connection, entraTenantId)} />
        )}
      </Section>
      {connection !== null && <VerdictSection verdict={connection.verdict} />}
      <Section
        title="Permissions"
        description={`The least ${countOf(permissionsNeeded.length, 'application permission')} that read everything. Grant admin consent to them.`}
      >
        {connection === null && (
          <Text size="sm" mb="sm">
            Directory (tenant) id: <code>{entraTenantId}</code>
          </Text>
        )}
        <ul className="link-list">
          {permissionsNeeded.map((permission) => (
            <li key={permission}>
              <code>
                <BreakableName name={permission} />
              </code>
            </li>
          ))}
        </ul>
      </Section>
      <SetConnectionModal opened={setting} onClose={setDialog.close} replaces={connection !== null} />
      <RemoveConnectionModal opened={removing} onClose={removeDialog.close} />
    </>
  );
}

function fieldsOf(connection: GraphConnection, entraTenantId: string): Field[] {
  const { kind, clientIdEnd, environmentVariable, certificate, setByName, setAt } = connection;
  const fields: Field[] = [
    { label: 'Directory (tenant) id', value: <code>{entraTenantId}</code> },
    { label: 'Client id ends in', value: <code>{clientIdEnd || '–'}</code> },
    { label: 'Signs in with', value: CREDENTIAL_WORDS[kind] },
    {
      label: 'Credential',
      value:
        environmentVariable === null ? (
          'Kept here, encrypted'
        ) : (
          <>
            In <code>{environmentVariable}</code>
          </>
        ),
    },
  ];
  if (certificate !== null) {
    fields.push(
      { label: 'Thumbprint ends in', value: <code>{certificate.thumbprintEnd}</code> },
      { label: 'Certificate expires', value: <CertificateExpiry at={certificate.expiresAt} /> },
    );
  }
  fields.push({ label: 'Set by', value: setByName }, { label: 'Set', value: <TimeAgo at={setAt} /> });
  return fields;
}
