import type { Company } from './company.js';
import type { Dice } from './dice.js';

/** What scripts are about: harmless, they read and print. */
const SUBJECTS: readonly [name: string, powerShell: string, shell: string][] = [
  ['Free disk space', '(Get-PSDrive -Name C).Free / 1GB', "df -h / | tail -1 | awk '{print $4}'"],
  ['Last start', '(Get-CimInstance Win32_OperatingSystem).LastBootUpTime', 'who -b'],
  ['Time zone', '(Get-TimeZone).Id', 'date +%Z'],
  [
    'Office channel',
    "Get-ItemPropertyValue 'HKLM:\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration' CDNBaseUrl",
    'sw_vers',
  ],
  ['Battery health', '(Get-CimInstance Win32_Battery).EstimatedChargeRemaining', 'pmset -g batt'],
  [
    'Local administrators',
    '(Get-LocalGroupMember -SID S-1-5-32-544).Name',
    'dscl . -read /Groups/admin GroupMembership',
  ],
  ['Secure Boot', 'Confirm-SecureBootUEFI', 'csrutil status'],
  ['Proxy', '(netsh winhttp show proxy) -join " "', 'scutil --proxy'],
  ['Fonts & language', '(Get-WinUserLanguageList).LanguageTag', 'defaults read -g AppleLanguages'],
  ['Printer "Follow-Me"', '(Get-Printer).Name', 'lpstat -p'],
];

export interface ScriptText {
  name: string;
  file: string;
  /** Base64 of the text. */
  content: string;
}

/** A PowerShell script; some are long, as grown scripts are, and a few carry a byte order mark or umlauts. */
export function powerShell(company: Company, dice: Dice, verb: string): ScriptText {
  const [subject, command] = dice.pick(SUBJECTS);
  const name = `${verb} ${subject}`;
  const log = `Write-Output "${company.prefix} ${dice.int(1000, 9999)}: $value"`;
  const lines = [
    `# ${name} - ${company.name}, ${dice.pick(company.departments)}`,
    '# Zweck: Prüfung der Arbeitsplätze; only reads.',
    "$ErrorActionPreference = 'Stop'",
    `$value = ${command}`,
    ...Array.from({ length: dice.pick([1, 1, 3, 12, 60, 200]) }, (_, at) => `# ${at + 1}. ${dice.pick(company.sites)}`),
    log,
    'exit 0',
  ];
  const mark = dice.chance(0.1) ? '\uFEFF' : '';
  return { name, file: fileName(name, 'ps1'), content: base64(mark + lines.join('\r\n')) };
}

export function shell(company: Company, dice: Dice, verb: string): ScriptText {
  const [subject, , command] = dice.pick(SUBJECTS);
  const name = `${verb} ${subject}`;
  const lines = ['#!/bin/zsh', `# ${name} - ${company.name}`, 'set -eu', command, 'exit 0', ''];
  return { name, file: fileName(name, 'sh'), content: base64(lines.join('\n')) };
}

function fileName(name: string, ending: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}.${ending}`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
