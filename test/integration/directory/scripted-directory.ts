import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import {
  scriptedServer,
  sendGraphError,
  sendJson,
  type ScriptedServer,
} from '#libs/graph-client/testing/scripted-server.js';
import { testClient } from '#libs/graph-client/testing/test-client.js';
import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import type { Rehearsal } from '#libs/run-kit/testing/rehearsed-context.js';
import { CacheStateRepository } from '../../../src/modules/directory/data/cache-state.repository.js';
import { GroupRepository } from '../../../src/modules/directory/data/group.repository.js';
import { GroupRoundRepository } from '../../../src/modules/directory/data/group-round.repository.js';
import { DirectoryFacade } from '../../../src/modules/directory/directory.facade.js';
import { DirectoryGroupsSyncProcessor } from '../../../src/modules/directory/runs/directory-groups-sync.processor.js';
import {
  DirectoryGroupsSync,
  type DirectoryGroupsSyncPayload,
} from '../../../src/modules/directory/runs/directory-groups-sync.run-type.js';
import { GroupSync } from '../../../src/modules/directory/sync/group-sync.js';
import { GraphClients } from '../../../src/modules/tenancy/graph-clients.facade.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** Graph's next answer: a page of a round, its last page, or a refusal. */
export type Answer = ({ entries: object[]; next: string } | { entries: object[]; delta: string } | Refusal | Body) & {
  /** What happens while the caller waits for this answer. */
  before?: () => Promise<void>;
};

interface Refusal {
  status: number;
  code: string;
}

interface Body {
  body: object;
}

/** An id whose last digits are `n`. */
export function groupId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function group(n: number, given: object = {}): object {
  return {
    id: groupId(n),
    displayName: `Group ${n}`,
    description: null,
    mail: null,
    groupTypes: [],
    securityEnabled: true,
    mailEnabled: false,
    ...given,
  };
}

export function gone(n: number, reason: 'changed' | 'deleted' = 'deleted'): object {
  return { id: groupId(n), '@removed': { reason } };
}

/** A tenant whose Graph answers `/groups/delta` by a script, with the real sync on a real database. */
export class ScriptedDirectory {
  readonly groups: GroupRepository;
  readonly facade: DirectoryFacade;
  readonly client: GraphClient;
  private readonly answers: Answer[] = [];
  private secrets = new SecretBox([randomBytes(32)]);

  private constructor(
    readonly db: TestDatabase,
    readonly tenant: TenantRow,
    private readonly graph: ScriptedServer,
    next: { answer?: () => Answer | undefined },
  ) {
    this.groups = new GroupRepository(db.tenantDatabase);
    this.facade = new DirectoryFacade(this.groups, new CacheStateRepository(db.tenantDatabase));
    this.client = testClient(graph.origin, { maxAttempts: 2 }).client;
    next.answer = () => this.answers.shift();
  }

  static async start(): Promise<ScriptedDirectory> {
    const db = await createTestDatabase();
    const tenant = await aTenant(db.database, { name: 'Contoso' });
    const next: { answer?: () => Answer | undefined } = {};
    const graph = await scriptedServer((_, response) => {
      const answer: Answer = next.answer?.() ?? { status: 500, code: 'unexpected' };
      const linkTo = (token: string): string => `${graph.origin}/v1.0/groups/delta?$token=${token}`;
      void Promise.resolve(answer.before?.()).then(() => give(response, answer, linkTo));
    });
    return new ScriptedDirectory(db, tenant, graph, next);
  }

  async close(): Promise<void> {
    await this.graph.close();
    await this.db.close();
  }

  /** Works a sync against these answers, as the engine would. */
  sync(
    answers: readonly Answer[],
    given: { payload?: DirectoryGroupsSyncPayload; tenant?: TenantRow; rehearsal?: Rehearsal } = {},
  ): Promise<PerformedRun> {
    this.answers.splice(0, Infinity, ...answers);
    this.graph.seen.splice(0);
    return performRun(DirectoryGroupsSync, this.processor(), given.payload ?? {}, {
      tenantId: (given.tenant ?? this.tenant).id,
      ...given.rehearsal,
    });
  }

  /** The tokens of the links that the last sync asked for; `all` for the first address of a full reading. */
  asked(): string[] {
    return this.graph.seen.map(({ url }) => /\$token=(.*)$/.exec(url)?.[1] ?? (url.includes('$select=') ? 'all' : url));
  }

  /** Answers of the script that nobody asked for. */
  get left(): number {
    return this.answers.length;
  }

  /** From now on what was sealed before cannot be opened. */
  loseKey(): void {
    this.secrets = new SecretBox([randomBytes(32)]);
  }

  /** The groups that are there, as `name` by the number in their id. */
  async present(tenant: TenantRow = this.tenant): Promise<Record<number, string | null>> {
    const rows = await this.groups.page(tenant.scope, { includeRemoved: false }, undefined, 100);
    return Object.fromEntries(rows.map(({ id, display_name }) => [Number(id.slice(-12)), display_name]));
  }

  async row(n: number): Promise<{ removed_at: Date | null; removed_reason: string | null } | undefined> {
    return this.groups.find(this.tenant.scope, groupId(n));
  }

  /** Where each group lies and which transaction wrote it: equal answers mean that nothing was written. */
  async written(): Promise<string> {
    const [row] = await this.db.database.query<{ state: string }>(
      `SELECT count(*) || md5(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid)) AS state FROM directory_groups`,
    );
    return row?.state ?? '';
  }

  private processor(): DirectoryGroupsSyncProcessor {
    const { tenantDatabase } = this.db;
    const rounds = new GroupRoundRepository(tenantDatabase, this.secrets);
    return new DirectoryGroupsSyncProcessor(
      new FixedClient(this.client),
      new GroupSync(tenantDatabase, rounds, this.groups),
    );
  }
}

function give(response: ServerResponse, answer: Answer, linkTo: (token: string) => string): void {
  if ('status' in answer) return sendGraphError(response, answer.status, answer.code, 'refused');
  if ('body' in answer) return sendJson(response, answer.body);
  const link =
    'next' in answer ? { '@odata.nextLink': linkTo(answer.next) } : { '@odata.deltaLink': linkTo(answer.delta) };
  sendJson(response, { value: answer.entries, ...link });
}

class FixedClient extends GraphClients {
  constructor(private readonly client: GraphClient) {
    super();
  }

  override forTenant(): Promise<GraphClient> {
    return Promise.resolve(this.client);
  }
}
