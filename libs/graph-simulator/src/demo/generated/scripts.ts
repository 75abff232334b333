import type { GraphBody } from '../../store/graph-body.js';
import type { Dice } from './dice.js';
import { powerShell, shell } from './script-texts.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

/** PowerShell scripts, remediations, shell scripts, custom attributes and compliance scripts. */
export function addScripts(tenant: TenantDraft): void {
  addPowerShell(tenant);
  addRemediations(tenant);
  addShell(tenant);
  addCustomAttributes(tenant);
}

function addPowerShell(tenant: TenantDraft): void {
  const dice = tenant.dice('powershell');
  tenant.repeat(tenant.counts.powerShellScripts, () => {
    const script = powerShell(tenant.company, dice, dice.pick(['Set', 'Map', 'Remove', 'Report']));
    return {
      collection: 'deviceManagementScripts',
      name: { platform: 'Win', area: 'Script', purpose: script.name },
      values: {
        scriptContent: script.content,
        fileName: script.file,
        runAsAccount: dice.pick(['system', 'system', 'user']),
        enforceSignatureCheck: dice.chance(0.1),
        runAs32Bit: dice.chance(0.2),
      },
      assign: { audience: 'windows' },
    };
  });
}

function addRemediations(tenant: TenantDraft): void {
  const dice = tenant.dice('remediations');
  tenant.repeat(tenant.counts.remediations, (): Draft => {
    const detection = powerShell(tenant.company, dice, 'Detect');
    const detectsOnly = dice.chance(0.3);
    const remediation = detectsOnly ? '' : powerShell(tenant.company, dice, 'Remediate').content;
    return {
      collection: 'deviceHealthScripts',
      name: { platform: 'Win', area: 'Remediation', purpose: detection.name.replace('Detect ', '') },
      values: {
        publisher: dice.pick([tenant.company.name, 'Endpoint team', '']),
        version: dice.pick(['', '1', '1.0.3']),
        detectionScriptContent: detection.content,
        remediationScriptContent: remediation,
        runAsAccount: dice.pick(['system', 'user']),
        enforceSignatureCheck: false,
        runAs32Bit: dice.chance(0.1),
        isGlobalScript: false,
        highestAvailableVersion: null,
        deviceHealthScriptType: 'deviceHealthScript',
        detectionScriptParameters: [],
        remediationScriptParameters: [],
      },
      assign: {
        audience: 'windows',
        extra: (excluded): GraphBody =>
          excluded ? {} : { runRemediationScript: !detectsOnly, runSchedule: schedule(dice) },
      },
    };
  });
}

function schedule(dice: Dice): GraphBody {
  const type = '#microsoft.graph.deviceHealthScript';
  const time = `${String(dice.int(0, 23)).padStart(2, '0')}:30:00`;
  const roll = dice.next();
  if (roll < 0.6) return { '@odata.type': `${type}DailySchedule`, interval: dice.int(1, 7), time, useUtc: false };
  if (roll < 0.9) return { '@odata.type': `${type}HourlySchedule`, interval: dice.pick([1, 4, 8, 12]) };
  return { '@odata.type': `${type}RunOnceSchedule`, interval: 1, time, useUtc: true, date: '2025-02-28' };
}

function addShell(tenant: TenantDraft): void {
  const dice = tenant.dice('shell');
  tenant.repeat(tenant.counts.shellScripts, () => {
    const script = shell(tenant.company, dice, dice.pick(['Install', 'Report', 'Set']));
    return {
      collection: 'deviceShellScripts',
      name: { platform: 'macOS', area: 'Script', purpose: script.name },
      values: {
        scriptContent: script.content,
        fileName: script.file,
        runAsAccount: dice.pick(['system', 'user']),
        executionFrequency: dice.pick(['PT0S', 'PT15M', 'P1D', 'P7D']),
        retryCount: dice.int(0, 3),
        blockExecutionNotifications: dice.chance(0.7),
      },
      assign: { audience: 'apple' },
    };
  });
}

function addCustomAttributes(tenant: TenantDraft): void {
  const dice = tenant.dice('custom attributes');
  tenant.repeat(tenant.counts.customAttributes, () => {
    const script = shell(tenant.company, dice, 'Attribute');
    const name = script.name.replace('Attribute ', '');
    return {
      collection: 'deviceCustomAttributeShellScripts',
      name: { platform: 'macOS', area: 'Attribute', purpose: name },
      values: {
        customAttributeName: name,
        customAttributeType: dice.pick(['string', 'integer', 'dateTime']),
        scriptContent: script.content,
        fileName: script.file,
        runAsAccount: 'system',
      },
      assign: { audience: 'apple' },
    };
  });
}

/** Discovery scripts of compliance policies; policies refer to them, nobody is assigned to them. */
export function addComplianceScripts(tenant: TenantDraft): void {
  const dice = tenant.dice('compliance scripts');
  tenant.repeat(tenant.counts.complianceScripts, () => {
    const script = powerShell(tenant.company, dice, 'Discover');
    return {
      collection: 'deviceComplianceScripts',
      name: { platform: 'Win', area: 'Compliance', purpose: script.name },
      values: {
        publisher: tenant.company.name,
        version: '1',
        detectionScriptContent: script.content,
        runAsAccount: 'system',
        enforceSignatureCheck: false,
        runAs32Bit: false,
      },
      children: { assignments: [] },
    };
  });
}
