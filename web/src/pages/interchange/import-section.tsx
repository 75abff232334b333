import { Alert, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconAlertCircle, IconFileZip, IconFolder } from '@tabler/icons-react';
import { useRef, type ChangeEvent } from 'react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { messageOf, Problem } from '../../api/client';
import { importArchive } from '../../api/interchange';
import { newestSyncQuery } from '../../api/sync-runs';
import { Section } from '../../ui/section';
import { LoadingRows } from '../../ui/states';
import { ImportReportView } from './import-report';
import { zipOfFiles } from './zip-of-files';

/** What an import may hold; the server says it too, after the upload. */
const MOST_BYTES = 32 * 1024 * 1024;
/** The other files of a folder hold no policies and are not sent. */
const POLICY_FILE = /\.(json|ya?ml)$/i;

/** Makes the browser ask for a folder; not an attribute that React's types know. */
const OF_A_FOLDER = { webkitdirectory: '' };

/** Nothing to send, or too much of it. */
class Unsendable extends Error {}

/** Compares a zip or a folder of policies with the tenant; the report stays until the page is left. */
export function ImportSection() {
  const { tenantId } = useTenant();
  const newestSync = useQuery(newestSyncQuery(tenantId));
  const zipInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const read = useMutation({
    mutationFn: async (files: readonly File[]) => importArchive(tenantId, await archiveOf(files)),
  });
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = ''; // the same files may be chosen again
    if (files.length > 0) read.mutate(files);
  };
  const isFolder = (read.variables?.[0]?.webkitRelativePath ?? '') !== '';
  return (
    <>
      <Section
        title="Import"
        description="Compares files with the tenant's newest inventory and reports what could not be read. Nothing is stored, and nothing is changed in the tenant."
        actions={
          <>
            <GuardedButton
              permission="inventory:import"
              variant="default"
              loading={read.isPending && !isFolder}
              blocked={read.isPending && isFolder ? 'A folder is just being read.' : null}
              leftSection={<IconFileZip size={16} aria-hidden />}
              onClick={() => zipInput.current?.click()}
            >
              Choose a zip
            </GuardedButton>
            <GuardedButton
              permission="inventory:import"
              variant="default"
              loading={read.isPending && isFolder}
              blocked={read.isPending && !isFolder ? 'A zip is just being read.' : null}
              leftSection={<IconFolder size={16} aria-hidden />}
              onClick={() => folderInput.current?.click()}
            >
              Choose a folder
            </GuardedButton>
          </>
        }
      >
        <input
          ref={zipInput}
          type="file"
          accept=".zip,application/zip"
          hidden
          aria-label="Zip of policies"
          onChange={pick}
        />
        <input ref={folderInput} type="file" {...OF_A_FOLDER} hidden aria-label="Folder of policies" onChange={pick} />
        {newestSync.data === null && (
          <Text size="sm" mb="xs">
            Nothing was synced yet, so every file will be reported as not in the tenant. Run an inventory sync first.
          </Text>
        )}
        {read.isPending ? (
          <LoadingRows />
        ) : read.isError ? (
          <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            {read.error instanceof Problem || !(read.error instanceof Unsendable)
              ? messageOf(read.error)
              : read.error.message}
          </Alert>
        ) : read.data === undefined ? (
          <Text size="sm" c="dimmed">
            No file is chosen yet. An archive may have 32 MB.
          </Text>
        ) : (
          <Text size="sm" role="status">
            Read {nameOf(read.variables)}. The report is below.
          </Text>
        )}
      </Section>
      {!read.isPending && read.data !== undefined && <ImportReportView report={read.data} />}
    </>
  );
}

function nameOf([first]: readonly File[]): string {
  return first === undefined ? '' : first.webkitRelativePath.split('/')[0] || first.name;
}

/** @throws Unsendable */
async function archiveOf(files: readonly File[]): Promise<Blob> {
  const [first] = files;
  const isFolder = first !== undefined && first.webkitRelativePath !== '';
  const archive = isFolder ? await zipOfFolder(files) : first;
  if (archive === undefined) throw new Unsendable('Choose a zip or a folder.');
  if (archive.size > MOST_BYTES) {
    throw new Unsendable('This is more than the 32 MB that one import may have. Import the folder in parts.');
  }
  return archive;
}

async function zipOfFolder(files: readonly File[]): Promise<Blob> {
  const wanted = files.filter(({ name }) => POLICY_FILE.test(name));
  if (wanted.length === 0) throw new Unsendable('The folder holds no JSON file, so there is no policy in it.');
  return zipOfFiles(wanted.map((file) => ({ path: file.webkitRelativePath, content: file })));
}
