import type { SeedGroup, SeedUser } from '../../store/seed-tenant.js';
import { stableGuid } from '../../store/stable-id.js';
import type { Company } from './company.js';
import { Dice } from './dice.js';

const GIVEN = ['Ada', 'Björn', 'Siobhán', 'Yuki', 'Łukasz', 'Inês', 'Zoë', 'Omar', 'Priya', 'Noah', 'Chloé', 'Jörg'];
const FAMILY = ['Šimek', "O'Hara", 'Tanaka', 'Nowak', 'Ferreira', 'van den Berg', 'Haddad', 'Iyer', 'Smith', 'Lefèvre'];
const ADMINS: readonly [name: string, roles: string[]][] = [
  ['Ada Admin', ['Global Administrator']],
  ['Grace Operator', ['Intune Administrator']],
  ['Emergency Access', ['Global Administrator']],
];

/** Id of the account that conditional access leaves out. */
export function emergencyId(company: Company): string {
  return userId(company, 2);
}

/** The administrators and some of the staff. */
export function makePeople(company: Company): SeedUser[] {
  const dice = new Dice(`${company.name} people`);
  return Array.from({ length: company.people }, (_, at) => {
    const admin = ADMINS[at];
    const givenName = admin?.[0].split(' ')[0] ?? dice.pick(GIVEN);
    const surname = admin?.[0].split(' ')[1] ?? dice.pick(FAMILY);
    const alias = ascii(`${givenName}.${surname}`);
    const userPrincipalName = `${alias}${admin === undefined ? at : ''}@${company.domain}`;
    return {
      id: userId(company, at),
      displayName: `${givenName} ${surname}`,
      userPrincipalName,
      mail: admin === undefined ? userPrincipalName : null,
      givenName,
      surname,
      jobTitle: dice.pick(['Engineer', 'Clerk', 'Manager', null]),
      department: dice.pick(company.departments),
      accountEnabled: dice.chance(0.97) || admin !== undefined,
      directoryRoles: admin?.[1] ?? [],
    };
  });
}

/** The groups with members: people, and now and then the group before it. */
export function withMembers(company: Company, groups: readonly SeedGroup[]): SeedGroup[] {
  const dice = new Dice(`${company.name} members`);
  return groups.map((group, at) => {
    const members = new Set(
      Array.from({ length: dice.int(0, 6) }, () => userId(company, dice.int(3, company.people - 1))),
    );
    const nested = groups[at - 1];
    if (nested !== undefined && dice.chance(0.05)) members.add(nested.id);
    return { ...group, members: [...members] };
  });
}

function userId(company: Company, at: number): string {
  return stableGuid(`${company.name} user ${at}`);
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
}
