import { DEMO_CONTOSO } from '../src/demo/demo-credentials.js';
import type { GraphBody } from '../src/store/graph-body.js';
import { stableGuid } from '../src/store/stable-id.js';
import { RunningSimulator, type Answer, type ListedObject } from './running-simulator.js';
import { sampleTenant } from './samples/sample-tenant.js';

/** An app that may only read device configuration. */
export const SAMPLE_READER = {
  entraTenantId: DEMO_CONTOSO.entraTenantId,
  clientId: 'sample-reader',
  clientSecret: 'r',
};
const BETWEEN = 2000;

/** Id of a collection's sample, without the prefix or ending of some types. */
export function sampleId(collection: string): string {
  return stableGuid(`sample ${collection}`);
}

/** What a refusal says, out of the nested message where Intune sent one. */
export function sentenceOf({ json }: Answer): string {
  const { message } = (json as { error: { message: string } }).error;
  if (!message.startsWith('{')) return message;
  return (JSON.parse(message) as { Message: string }).Message.split(' - Operation ID')[0] ?? '';
}

/** The sample tenant in a simulator whose time moves with each request, so that no budget runs out. */
export class SampleSession {
  private constructor(
    readonly simulator: RunningSimulator,
    private readonly token: string,
    private readonly time: { now: number },
  ) {}

  /** Begins at 2026-11-21T12:00:00Z; each request comes two seconds after the one before. */
  static async start(): Promise<SampleSession> {
    const time = { now: Date.parse('2026-11-21T12:00:00Z') };
    const tenant = sampleTenant();
    const permissions = ['DeviceManagementConfiguration.Read.All'];
    const tenants = [{ ...tenant, apps: [...tenant.apps, { ...SAMPLE_READER, permissions }] }];
    const simulator = await RunningSimulator.start({ now: () => time.now, tenants });
    return new SampleSession(simulator, await simulator.token(), time);
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    this.time.now += BETWEEN;
    return this.simulator.graph(path, this.token, { method, body });
  }

  async read(path: string): Promise<GraphBody> {
    return (await this.send('GET', path)).json as GraphBody;
  }

  list(path: string): Promise<ListedObject[]> {
    this.time.now += BETWEEN;
    return this.simulator.all(path, this.token);
  }
}
