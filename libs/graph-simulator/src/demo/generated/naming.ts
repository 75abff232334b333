import type { Company } from './company.js';
import type { Dice } from './dice.js';

/** What a name is made of: the device platform, the field and what is configured. */
export interface NameParts {
  platform: string;
  area: string;
  purpose: string;
  /** Something that nobody uses any more, and whose name shows it. */
  leftover?: boolean;
}

type Scheme = (parts: NameParts, company: Company, dice: Dice) => string;

/** Several admins over several years: no tenant has one scheme. */
const SCHEMES: readonly Scheme[] = [
  ({ platform, area, purpose }, { prefix }) => `${prefix} - ${platform} - ${area} - ${purpose}`,
  ({ platform, area, purpose }, { prefix }) => `${prefix} - ${platform} - ${area} - ${purpose}`,
  ({ platform, area, purpose }, { prefix }, dice) =>
    `${prefix}_${platform.toUpperCase()}_${area.replaceAll(' ', '')}_${purpose.replaceAll(' ', '-')}_v${dice.int(1, 4)}.${dice.int(0, 9)}`,
  ({ platform, area, purpose }, _company, dice) =>
    `[${dice.pick(['PROD', 'PROD', 'PILOT', 'UAT'])}] ${platform} | ${area} | ${purpose}`,
  ({ area, purpose }, { sites }, dice) => `${dice.pick(sites)}: ${area} (${purpose})`,
  ({ area, purpose }, { departments }, dice) => `${area} ${purpose} - ${dice.pick(departments)}`,
  ({ platform, area, purpose }, _company, dice) => `${platform}-${dice.pick(['C', 'D', 'U'])}-${area}-${purpose}`,
  ({ area, purpose }, _company, dice) =>
    `${area}: ${purpose} ${dice.int(2022, 2026)}-${String(dice.int(1, 12)).padStart(2, '0')}`,
];

const LONG =
  ' - agreed with the works council on paragraphs 4 to 9, valid until the replacement of the old branch network, see the wiki page "Endpoint exceptions" for owners, review dates and the list of devices; do not rename, the reporting looks for this text';

/** Each kind of trouble that names give to URLs, filters, file names and screens. */
const AWKWARD: readonly ((name: string, dice: Dice, company: Company) => string)[] = [
  (name, dice, { departments }) => `${name} & ${dice.pick(departments)}`,
  (name, dice) => `${name} #${dice.int(2, 9)}`,
  (name, dice, { sites }) => `${name} / ${dice.pick(sites)}`,
  (name) => `${name} - l'agence d'Évry`,
  (name) => `${name} "new"`,
  (name, dice) => `${name} ${dice.int(5, 9)}0%`,
  (name, dice) => `${dice.pick(['🔒', '🚀', '⚠️', '👩‍💻', '🖥️'])} ${name}`,
  (name) => `${name}${LONG}`,
  (name) => `${name} – 東京支社`,
  (name) => ` ${name}  (copy)`,
];

const LEFTOVERS: readonly ((name: string) => string)[] = [
  (name) => `Copy of ${name}`,
  (name) => `OLD - ${name}`,
  (name) => `zz_${name}`,
  (name) => `${name} - TEST (bitte löschen)`,
  (name) => `${name} - do not use`,
];

/** True for the name of something that is waiting to be deleted. */
export function isLeftoverName(name: string): boolean {
  return /^(Copy of |OLD - |zz_)|(- TEST \(bitte löschen\)|- do not use)/.test(name);
}

/** Names of one tenant, as its admins gave them: mostly unique in a collection, now and then the same twice. */
export class Naming {
  private readonly used = new Map<string, Set<string>>();
  private given = 0;
  private awkward = 0;

  /** `awkwardEvery`: of how many names one is of an awkward kind, each kind in its turn. */
  constructor(
    private readonly company: Company,
    private readonly dice: Dice,
    private readonly awkwardEvery: number,
  ) {}

  /** The name of an object in that collection. */
  name(collection: string, parts: NameParts): string {
    return this.own(collection, this.dice.pick(SCHEMES)(parts, this.company, this.dice), parts.leftover ?? false);
  }

  /** The same for something whose plain name is given, like an app's. */
  own(collection: string, plain: string, leftover = false): string {
    const used = this.used.get(collection) ?? new Set<string>();
    this.used.set(collection, used);
    this.given += 1;
    if (leftover) return this.unused(used, this.dice.pick(LEFTOVERS)(plain));
    if (this.given % this.awkwardEvery === 0) {
      const change = AWKWARD[this.awkward % AWKWARD.length] as (typeof AWKWARD)[number];
      this.awkward += 1;
      return this.unused(used, change(plain, this.dice, this.company));
    }
    if (this.given % 45 === 0 && used.size > 0) return this.dice.pick([...used]);
    return this.unused(used, plain);
  }

  /** Empty, missing or a sentence. */
  description(): string | null {
    const { dice, company } = this;
    if (dice.chance(0.2)) return null;
    if (dice.chance(0.3)) return '';
    return dice.pick([
      `Owner: ${dice.pick(company.departments)}.`,
      `Ticket CHG-${dice.int(10_000, 99_999)}, reviewed every quarter.`,
      `Rolled out to ${dice.pick(company.sites)} first; see the wiki.`,
      'Agreed in the architecture board.\r\nDo not change without a change request.',
      `Ersetzt die Richtlinie von ${dice.int(2021, 2024)} – Ansprechpartner: Team Arbeitsplatz`,
      `Remplace l'ancien GPO « Poste de travail » (${dice.pick(company.sites)})`,
    ]);
  }

  private unused(used: Set<string>, name: string): string {
    let free = name;
    for (let copy = 2; used.has(free); copy += 1) free = `${name} ${copy}`;
    used.add(free);
    return free;
  }
}
