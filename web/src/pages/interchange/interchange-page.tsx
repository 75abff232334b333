import { PageHeader } from '../../ui/page-header';
import { ExportSection } from './export-section';
import { ImportSection } from './import-section';

/** Policies as files: out as an archive, and in for a comparison. */
export function InterchangePage() {
  return (
    <>
      <PageHeader
        title="Import and export"
        description="Policies as folders of JSON, as IntuneManagement, IntuneCD and Microsoft Graph have them."
        parent={{ label: 'Inventory', to: '/inventory/policies' }}
      />
      <ExportSection />
      <ImportSection />
    </>
  );
}
