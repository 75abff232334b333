import type { GraphBody } from '../../store/graph-body.js';
import type { Dice } from './dice.js';
import { DEFINITIONS, type Definition, type Presentation } from './group-policy-definitions.js';
import type { TenantDraft } from './tenant-draft.js';

const CHANGED = '2024-03-01T08:15:30.1234567Z';

interface Made {
  id: string;
  presentations: { id: string; kind: Presentation }[];
}

/** Administrative templates. One value of the first belongs to a template file that was removed: its definition is gone. */
export function addGroupPolicies(tenant: TenantDraft): void {
  const dice = tenant.dice('group policies');
  const own = addUploadedFiles(tenant, dice);
  const known = [...DEFINITIONS.map((definition, at) => addDefinition(tenant, definition, at)), ...own];
  tenant.repeat(tenant.counts.groupPolicies, (at) => {
    const chosen = dice.some(known, dice.pick([2, 8, 16, 20, 24, 40]));
    const values = chosen.map((definition, order) => definitionValue(tenant, dice, `${at} ${order}`, definition));
    if (at === 0) values.push(definitionValue(tenant, dice, 'gone', undefined));
    return {
      collection: 'groupPolicyConfigurations',
      name: {
        platform: 'Win',
        area: dice.pick(['GPO', 'Office', 'OneDrive', 'Internet Explorer', 'ADMX']),
        purpose: dice.pick(['migrated', 'Defaults', 'Macros', 'Zones', 'Power', 'Legacy']),
      },
      values: { policyConfigurationIngestionType: at === 0 ? 'mixed' : dice.pick(['builtIn', 'builtIn', 'mixed']) },
      children: { definitionValues: values },
      assign: { audience: dice.pick(['windows', 'users']), filters: ['windows10AndLater'] },
    };
  });
}

function addDefinition(tenant: TenantDraft, definition: Definition, at: number, file?: string): Made {
  const [prefix, categoryPath, name, classType, kinds] = definition;
  const key = `definition ${file ?? ''} ${at}`;
  const presentations = kinds.map((kind, order) => ({ id: tenant.guid(`${key} ${order}`), kind }));
  const made = tenant.add({
    collection: 'groupPolicyDefinitions',
    name,
    values: {
      classType,
      categoryPath,
      policyType: file === undefined ? 'admxBacked' : 'admxIngested',
      explainText: `${name} (${prefix}.admx).`,
      supportedOn: 'At least Windows 10',
      hasRelatedDefinitions: false,
      groupPolicyCategoryId: tenant.guid(`category ${categoryPath}`),
      minDeviceCspVersion: '5.0',
      minUserCspVersion: '5.0',
      version: '1.0',
    },
    id: () => tenant.guid(key),
    children: { presentations: presentations.map((presentation, order) => shownPresentation(presentation, order)) },
    dates: 'modified',
    tagField: 'none',
    described: false,
    builtIn: true,
  });
  return { id: made.object.id, presentations };
}

function shownPresentation({ id, kind }: { id: string; kind: Presentation }, order: number): GraphBody {
  const common: GraphBody = { id, label: `${LABELS[kind]} ${order + 1}`, lastModifiedDateTime: CHANGED };
  const type = '#microsoft.graph.groupPolicyPresentation';
  switch (kind) {
    case 'text':
      return { '@odata.type': `${type}TextBox`, ...common, defaultValue: null, maxLength: 1023, required: true };
    case 'number':
      return {
        '@odata.type': `${type}DecimalTextBox`,
        ...common,
        defaultValue: 0,
        minValue: 0,
        maxValue: 9999999,
        required: true,
        spin: true,
        spinStep: 1,
      };
    case 'box':
      return { '@odata.type': `${type}CheckBox`, ...common, defaultChecked: false };
    case 'list':
      return { '@odata.type': `${type}ListBox`, ...common, explicitValue: true, valuePrefix: null };
  }
}

const LABELS: Record<Presentation, string> = { text: 'Text:', number: 'Number:', box: 'Choice', list: 'Entries' };

/** A value of a policy; without a definition, that of a template that no longer exists. */
function definitionValue(tenant: TenantDraft, dice: Dice, key: string, definition: Made | undefined): GraphBody {
  const id = tenant.guid(`definition value ${key}`);
  const enabled = dice.chance(0.85);
  const dates: GraphBody = { createdDateTime: CHANGED, lastModifiedDateTime: CHANGED };
  return {
    id,
    enabled,
    configurationType: 'policy',
    ...dates,
    definition: definition === undefined ? null : { id: definition.id },
    presentationValues: (enabled ? (definition?.presentations ?? []) : []).map((presentation, order) => ({
      ...presentationValue(presentation.kind, dice),
      id: tenant.guid(`presentation value ${key} ${order}`),
      ...dates,
      presentation: shownPresentation(presentation, order),
    })),
  };
}

function presentationValue(kind: Presentation, dice: Dice): GraphBody {
  const type = '#microsoft.graph.groupPolicyPresentationValue';
  switch (kind) {
    case 'text':
      return { '@odata.type': `${type}Text`, value: dice.pick(['https://intranet.example/?a=1&b=2', 'Monthly', '2']) };
    case 'number':
      return { '@odata.type': `${type}Decimal`, value: dice.pick([0, 15, 30, 1800, 196_608]) };
    case 'box':
      return { '@odata.type': `${type}Boolean`, value: dice.chance(0.5) };
    case 'list':
      return {
        '@odata.type': `${type}List`,
        values: dice
          .some(['https://erp.example', '*.pay.example', 'file://print', '10.0.0.0/8'], dice.int(1, 4))
          .map((name) => ({ name, value: String(dice.int(1, 4)) })),
      };
  }
}

/** Template files that the company uploaded, and their policies. */
function addUploadedFiles(tenant: TenantDraft, dice: Dice): Made[] {
  const made: Made[] = [];
  for (let at = 0; at < tenant.counts.admxFiles; at += 1) {
    const product = dice.pick(['Ledger', 'Chrome', 'Zoom', 'AcroRd', 'CadSuite', 'Firefox', 'VPNClient']);
    const file = `${product}${at}`;
    const { object } = tenant.add({
      collection: 'groupPolicyUploadedDefinitionFiles',
      name: `${file}.admx`,
      values: {
        fileName: `${file}.admx`,
        languageCodes: ['en-US'],
        targetPrefix: file.toLowerCase(),
        targetNamespace: `${tenant.company.name}.Policies.${file}`,
        policyType: 'admxIngested',
        revision: '1.0',
        status: 'available',
        content: null,
        uploadDateTime: CHANGED,
        defaultLanguageCode: '',
        groupPolicyUploadedLanguageFiles: [],
      },
      dates: 'modified',
      tagField: 'none',
    });
    const definitions: Definition[] = [
      [file, `\\${product}`, `Allow updates of ${product}`, 'machine', []],
      [file, `\\${product}`, `Address of the ${product} server`, 'machine', ['text', 'number']],
    ];
    made.push(...definitions.map((definition, order) => addDefinition(tenant, definition, order, object.id)));
  }
  return made;
}
