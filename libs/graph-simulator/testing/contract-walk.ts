import { COLLECTIONS, pathOf, type CollectionSpec, type Navigation } from '../src/graph/collections.js';
import { MODEL, modelName } from '../src/graph/model/graph-model.js';
import { isBody, type GraphBody } from '../src/store/graph-body.js';
import type { GraphContract } from './graph-contract.js';
import type { ListedObject, RunningSimulator } from './running-simulator.js';

export interface ContractWalk {
  /** What does not fit the description, each with the path that answered it. */
  faults: string[];
  /** How many objects were read of each collection's list. */
  listed: Map<string, number>;
  /** How many were read by themselves, by id. */
  items: Map<string, number>;
  /** How many members were read of each relation that has a path: `configurationPolicies/settings/settingDefinitions`. */
  related: Map<string, number>;
}

/** Collections that Microsoft's description does not have; their replies cannot be judged by it. */
export function notDescribed(contract: GraphContract): CollectionSpec[] {
  return COLLECTIONS.filter((spec) => !contract.knows(spec.entityType));
}

/** Members of one relation that are asked for one by one: their siblings have the same shape. */
const ONE_BY_ONE = 3;
/** Milliseconds between two requests: conditional access takes one a second. */
const BETWEEN = 1100;
/** At that pace a token lives for longer than these. */
const REQUESTS_PER_TOKEN = 2000;

/** The time of a simulator that is walked; the walk moves it on, so that no budget runs out. */
export class WalkedTime {
  private at = Date.now();

  readonly now = (): number => this.at;

  pass(): void {
    this.at += BETWEEN;
  }
}

/** Asks for everything that the simulator serves: each list, each object, all their children. */
export async function walkContract(
  simulator: RunningSimulator,
  time: WalkedTime,
  contract: GraphContract,
): Promise<ContractWalk> {
  const walk = new Walk(simulator, time, contract);
  for (const spec of COLLECTIONS) if (spec.singleton === undefined) await walk.collection(spec);
  for (const group of await walk.all('/v1.0/groups')) walk.check('microsoft.graph.group', group, '/v1.0/groups');
  for (const event of await walk.all('/beta/deviceManagement/auditEvents'))
    walk.check('microsoft.graph.auditEvent', event, 'auditEvents');
  const { faults, listed, items, related } = walk;
  return { faults, listed, items, related };
}

class Walk {
  readonly faults: string[] = [];
  readonly listed = new Map<string, number>();
  readonly items = new Map<string, number>();
  readonly related = new Map<string, number>();

  private requests = 0;
  private token = '';

  constructor(
    private readonly simulator: RunningSimulator,
    private readonly time: WalkedTime,
    private readonly contract: GraphContract,
  ) {}

  async all(path: string): Promise<ListedObject[]> {
    return this.simulator.all(path, await this.nextToken());
  }

  check(declared: string, body: GraphBody, where: string): void {
    if (!this.contract.knows(declared)) return;
    this.faults.push(...this.contract.faults(declared, body).map((fault) => `${where}: ${fault}`));
  }

  async collection(spec: CollectionSpec): Promise<void> {
    const base = `/beta/${pathOf(spec)}`;
    const items = await this.all(`${base}?${expansion(spec.navigation, 'onList')}`);
    this.listed.set(spec.key, items.length);
    for (const [index, item] of items.entries()) {
      this.check(spec.entityType, item, base);
      // Definitions of settings are many and have no children.
      if (spec.key === 'configurationSettings' && index >= ONE_BY_ONE) continue;
      const url = `${base}/${encodeURIComponent(item.id)}`;
      this.check(spec.entityType, await this.read(`${url}?${expansion(spec.navigation, 'onItem')}`), url);
      count(this.items, spec.key, 1);
      const around = { id: 'x', ...(spec.polymorphic ? { '@odata.type': item['@odata.type'] ?? null } : {}) };
      const judge = (name: string, value: GraphBody[string]) =>
        this.check(spec.entityType, { ...around, [name]: value }, `${url}/${name}`);
      const [plain, derived] = [false, true].map((side) =>
        spec.navigation.filter((each) => (each.derived === true) === side),
      );
      await this.relations(plain ?? [], url, spec.key, judge);
      const type = typeof item['@odata.type'] === 'string' ? item['@odata.type'].replace('#', '') : '';
      const there = (derived ?? []).filter(({ name }) => MODEL.property(modelName(type), name) !== undefined);
      await this.relations(there, `${url}/${type}`, spec.key, judge);
    }
  }

  /** `judge` sees a relation's answer where it stands in the object. */
  private async relations(
    navigation: readonly Navigation[],
    url: string,
    owner: string,
    judge: (name: string, value: GraphBody[string]) => void,
  ): Promise<void> {
    for (const { name, ownPath, single, children = [] } of navigation) {
      if (!ownPath) continue;
      const relation = `${owner}/${name}`;
      if (single === true) {
        const { status, json } = await this.simulator.graph(`${url}/${name}`, await this.nextToken());
        count(this.related, relation, status === 200 ? 1 : 0);
        if (status === 200) judge(name, json as GraphBody);
        continue;
      }
      const members = await this.all(`${url}/${name}?${expansion(children, 'onItem')}`);
      count(this.related, relation, members.length);
      judge(name, members);
      for (const member of members.slice(0, ONE_BY_ONE)) {
        if (typeof member.id !== 'string') continue;
        const own = `${url}/${name}/${encodeURIComponent(member.id)}`;
        judge(name, [await this.read(own)]);
        const bare = Object.fromEntries(Object.entries(member).filter(([, value]) => !isBody(value)));
        await this.relations(children, own, relation, (inner, value) => judge(name, [{ ...bare, [inner]: value }]));
      }
    }
  }

  private async nextToken(): Promise<string> {
    this.time.pass();
    if (this.requests % REQUESTS_PER_TOKEN === 0) this.token = await this.simulator.token();
    this.requests += 1;
    return this.token;
  }

  private async read(url: string): Promise<GraphBody> {
    const { status, json, text } = await this.simulator.graph(url, await this.nextToken());
    if (status !== 200) this.faults.push(`${url}: ${status} ${text}`);
    return json as GraphBody;
  }
}

function count(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

/** `$expand` of everything that may be expanded there, with what is below it. */
function expansion(navigation: readonly Navigation[], place: 'onList' | 'onItem'): string {
  const names = navigation
    .filter((entry) => entry[place] !== 'refused')
    .map(({ name, children = [] }) => (children.length === 0 ? name : `${name}($${expansion(children, place)})`));
  return names.length === 0 ? 'expand=' : `expand=${names.join(',')}`;
}
