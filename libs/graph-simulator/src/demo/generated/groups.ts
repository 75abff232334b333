import type { SeedGroup } from '../../store/seed-tenant.js';
import { stableGuid } from '../../store/stable-id.js';
import type { Company } from './company.js';
import type { Dice } from './dice.js';

/** What a group holds, as far as assignments go. */
export type Audience = 'windows' | 'apple' | 'android' | 'users';
export type GroupKind = Audience | 'exclusions';

export interface Directory {
  groups: SeedGroup[];
  /** The groups meant for assignments. */
  inUse: Record<GroupKind, SeedGroup[]>;
}

/** Of ten groups in use. */
const KINDS: readonly GroupKind[] = [
  'windows',
  'users',
  'windows',
  'users',
  'exclusions',
  'windows',
  'apple',
  'users',
  'android',
  'users',
];
const PLATFORM: Record<GroupKind, string> = {
  windows: 'WIN',
  apple: 'APPLE',
  android: 'ANDROID',
  users: 'USR',
  exclusions: 'EXC',
};

/** The tenant's groups; those in use come first. */
export function makeDirectory(company: Company, dice: Dice, inUse: number, all: number): Directory {
  const directory: Directory = {
    groups: [],
    inUse: { windows: [], apple: [], android: [], users: [], exclusions: [] },
  };
  const names = new Set<string>();
  for (let at = 0; at < all; at += 1) {
    const kind = at < inUse ? (KINDS[at % KINDS.length] as GroupKind) : undefined;
    const plain = kind === undefined ? otherName(company, dice) : deploymentName(company, dice, kind);
    let name = plain;
    for (let copy = 2; names.has(name); copy += 1) name = `${plain} ${String(copy).padStart(2, '0')}`;
    names.add(name);
    const group = makeGroup(company, dice, at, name, kind);
    directory.groups.push(group);
    if (kind !== undefined) directory.inUse[kind].push(group);
  }
  return directory;
}

function makeGroup(company: Company, dice: Dice, at: number, name: string, kind: GroupKind | undefined): SeedGroup {
  const mailNickname = `${name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9._-]/g, '')
    .slice(0, 50)}${at}`;
  const group: SeedGroup = { id: stableGuid(`${company.name} group ${at}`), displayName: name, mailNickname };
  const roll = dice.next();
  if (kind === undefined && roll < 0.35) {
    return {
      ...group,
      groupTypes: ['Unified'],
      mail: `${mailNickname}@${company.domain}`,
      mailEnabled: true,
      securityEnabled: roll < 0.05,
      visibility: roll < 0.2 ? 'Private' : 'Public',
      description: name,
    };
  }
  if (kind !== 'exclusions' && roll > 0.75) {
    return {
      ...group,
      groupTypes: ['DynamicMembership'],
      membershipRule: rule(company, dice, kind ?? 'users'),
      membershipRuleProcessingState: 'On',
    };
  }
  return roll > 0.6 ? { ...group, onPremisesSyncEnabled: true } : group;
}

function rule(company: Company, dice: Dice, kind: GroupKind): string {
  switch (kind) {
    case 'windows':
      return `(device.deviceOSType -eq "Windows") -and (device.devicePhysicalIds -any (_ -eq "[OrderID]:${company.prefix}-${dice.int(1, 40)}"))`;
    case 'apple':
      return '(device.deviceOSType -in ["iOS", "iPadOS", "MacMDM"]) -and (device.deviceOwnership -eq "Company")';
    case 'android':
      return '(device.deviceOSType -startsWith "Android")';
    case 'users':
    case 'exclusions':
      return `(user.accountEnabled -eq true) -and (user.department -eq "${dice.pick(company.departments)}")`;
  }
}

function deploymentName(company: Company, dice: Dice, kind: GroupKind): string {
  const { prefix, sites, departments } = company;
  const purpose =
    kind === 'exclusions'
      ? dice.pick(['Lab machines', 'Shared desks', 'USB writers', 'VIP', 'Build servers', 'Test rack #1'])
      : dice.pick(['Ring 0', 'Ring 1', 'Ring 2 (broad)', 'All', 'Kiosk', 'Pilot', 'Shared', 'Frontline']);
  return dice.pick([
    () => `SG-INT-${PLATFORM[kind]}-${purpose}-${dice.pick(sites)}`,
    () => `Intune - ${PLATFORM[kind]} - ${purpose} - ${dice.pick(departments)}`,
    () => `${prefix}_${PLATFORM[kind]}_${dice.pick(sites)}_${purpose}`,
  ])();
}

function otherName(company: Company, dice: Dice): string {
  const { prefix, sites, departments } = company;
  const number = dice.int(1, 400);
  return dice.pick([
    () => `Team ${dice.pick(departments)} ${dice.pick(sites)}`,
    () => `Project ${dice.pick(['Aurora', 'Birch', 'Comet', 'Delta', 'Ember', 'Fjord'])} ${number}`,
    () => `DL ${dice.pick(sites)} floor ${dice.int(0, 12)}`,
    () =>
      `APP-${dice.pick(['SAP', 'CRM', 'CAD', 'BI', 'MES', 'ERP'])}-${dice.pick(['Users', 'Admins', 'Read'])}-${number}`,
    () => `LIC-${dice.pick(['E3', 'E5', 'F3', 'Visio', 'Project', 'Power BI'])}-${dice.pick(departments)}`,
    () => `${prefix}-FS-${dice.pick(departments)}-${dice.pick(['RW', 'RO'])}-${number}`,
    () => `All staff ${dice.pick(sites)} – ${dice.pick(['events', 'canteen', 'parking', "kids' day"])}`,
  ])();
}
