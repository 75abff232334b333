import { SimulatorClock, type ClockRules } from './clock/simulator-clock.js';
import { ControlService, MAX_CONTROL_BODY } from './control/control-service.js';
import { DemoAdmin, type DemoAdminOptions } from './demo-admin/demo-admin.js';
import { lookNowAndThen } from './demo-admin/look-now-and-then.js';
import { demoTenants } from './demo/demo-tenants.js';
import { ReplicationLag } from './directory/replication-lag.js';
import { FaultRules } from './faults/fault-rules.js';
import { GraphService } from './graph/graph-service.js';
import { Throttle, type ThrottleLimit } from './graph/throttle.js';
import { listen, type Listener } from './http/http-listener.js';
import { RequestLog } from './http/request-log.js';
import { LoginService } from './login/login-service.js';
import { SigningKey } from './login/signing-key.js';
import { SimulatorDoor } from './simulator-door.js';
import type { UnreadableFile } from './store/export-folder.js';
import type { SeedTenant } from './store/seed-tenant.js';
import { SimulatorStore } from './store/simulator-store.js';
import { loadTenantFolders } from './store/tenant-folder.js';
import type { TenantStore } from './store/tenant-store.js';

/** Origin in the discovery document. MSAL takes no http authority: the client maps this origin to the simulator's own. */
export const PUBLIC_LOGIN_ORIGIN = 'https://login.sim.local';
const MAX_GRAPH_BODY = 4 * 1024 * 1024;

export interface GraphSimulatorOptions {
  /** 0 takes a free port. */
  port: number;
  /** Default: the port after `port`, or a free one where `port` is 0. */
  controlPort?: number;
  /** Address of the Graph and login port, 127.0.0.1 by default; the control API is always on 127.0.0.1. */
  host?: string;
  /** One folder per tenant; see loadTenantFolders. */
  dataDir?: string;
  /** Takes precedence over `dataDir`; with neither, the demo tenants. */
  tenants?: readonly SeedTenant[];
  /**
   * Origin in the discovery document, PUBLIC_LOGIN_ORIGIN unless told; `self`, which goes with `tls`, for the one that the caller
   * used.
   */
  publicLoginOrigin?: string;
  /** Origin in the links of Graph's answers; the one that the caller used where it is missing. */
  publicGraphOrigin?: string;
  /** Key and certificate, PEM: the Graph and login port speaks https alone. The control API stays on http. */
  tls?: { key: string; cert: string };
  /** Requests per app, tenant and Intune family; default 1000 in 20 s. */
  intuneLimit?: ThrottleLimit;
  /** Requests of an app over all tenants and workloads; default 2000 in 1 s. */
  appLimit?: ThrottleLimit;
  /** Begins on a virtual clock, or with other rules of it; the control API changes them, too. */
  clock?: Partial<ClockRules>;
  /** An admin who edits policies of every tenant now and then; see DemoAdmin. Nobody does where it is missing. */
  demoAdmin?: DemoAdminOptions;
  log?: (line: string) => void;
  /** Milliseconds since 1970; for tests of expiry and budgets. */
  now?: () => number;
  /** From 0 to below 1; decides whether a fault of some probability strikes. */
  random?: () => number;
}

export interface StartedSimulator {
  graphOrigin: string;
  /** Where the login endpoints are; the authority to configure in a client is `loginAuthority`. */
  loginOrigin: string;
  loginAuthority: string;
  controlOrigin: string;
  tenants: readonly SeedTenant[];
  /** Files of the data folder that were left out. */
  unreadable: readonly UnreadableFile[];
  /** The simulator's time: for a client in the same process that follows it. */
  clock: SimulatorClock;
}

export interface GraphSimulator {
  /** Throws PortUnavailable or FolderUnreadable, whose messages are sentences for a person. */
  start(): Promise<StartedSimulator>;
  /** Closes both ports and breaks open connections; does nothing when not started. */
  close(): Promise<void>;
}

/** A stateful Microsoft Graph with its Entra login, in this process. */
export function createGraphSimulator(options: GraphSimulatorOptions): GraphSimulator {
  let listeners: Listener[] = [];
  let clock: SimulatorClock | undefined;
  let sendHome: (() => void) | undefined;
  const close = async () => {
    const open = listeners;
    listeners = [];
    clock?.close();
    sendHome?.();
    await Promise.all(open.map((listener) => listener.close()));
  };
  const start = async (): Promise<StartedSimulator> => {
    const { tenants, unreadable } = await seeds(options);
    for (const { file, reason } of unreadable) options.log?.(`Left out ${file}: ${reason}.`);
    const running = new SimulatorClock(options.now ?? Date.now);
    running.set(options.clock ?? {});
    clock = running;
    const { door, graph, control, admin } = assemble(options, tenants, running);
    const failed = (error: unknown) =>
      options.log?.(`The simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const host = options.host ?? '127.0.0.1';
    const graphListener = await listen({
      host,
      port: options.port,
      maxBodyBytes: MAX_GRAPH_BODY,
      tls: options.tls,
      handle: (request) => door.handle(request),
      tooLarge: () => graph.tooLarge(),
      failed: (error) => {
        failed(error);
        return graph.failure();
      },
    });
    listeners.push(graphListener);
    try {
      const controlListener = await listen({
        host: '127.0.0.1',
        port: options.controlPort ?? (options.port === 0 ? 0 : options.port + 1),
        maxBodyBytes: MAX_CONTROL_BODY,
        handle: (request) => control.handle(request),
        tooLarge: () => control.tooLarge(),
        failed: (error) => {
          failed(error);
          return control.failure();
        },
      });
      listeners.push(controlListener);
      if (admin !== undefined) sendHome = lookNowAndThen(admin, options.demoAdmin?.intervalMs ?? 0, running);
      const origin = `${options.tls === undefined ? 'http' : 'https'}://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${graphListener.port}`;
      return {
        graphOrigin: origin,
        loginOrigin: origin,
        loginAuthority: publishedLogin(options) === 'self' ? origin : publishedLogin(options),
        controlOrigin: `http://127.0.0.1:${controlListener.port}`,
        tenants,
        unreadable,
        clock: running,
      };
    } catch (error) {
      await close();
      throw error;
    }
  };
  return { start, close };
}

function publishedLogin({ publicLoginOrigin, tls }: GraphSimulatorOptions): string {
  return publicLoginOrigin ?? (tls === undefined ? PUBLIC_LOGIN_ORIGIN : 'self');
}

async function seeds(
  options: GraphSimulatorOptions,
): Promise<{ tenants: readonly SeedTenant[]; unreadable: readonly UnreadableFile[] }> {
  if (options.tenants !== undefined) return { tenants: options.tenants, unreadable: [] };
  if (options.dataDir !== undefined) return loadTenantFolders(options.dataDir);
  return { tenants: demoTenants(), unreadable: [] };
}

function assemble(options: GraphSimulatorOptions, tenants: readonly SeedTenant[], clock: SimulatorClock) {
  const now = () => clock.now();
  const sleep = (ms: number) => clock.pause(ms);
  const store = new SimulatorStore(tenants, now);
  const key = new SigningKey();
  const faults = new FaultRules(options.random ?? Math.random);
  const requests = new RequestLog();
  const throttle = new Throttle(now, options.intuneLimit, options.appLimit);
  const lag = new ReplicationLag();
  const publicOrigin = options.publicGraphOrigin;
  const graph = new GraphService({ store, key, throttle, faults, lag, publicOrigin, now, sleep });
  const login = new LoginService(store, key, publishedLogin(options), now);
  const log = (line: string) => options.log?.(line);
  const wasRead = ({ entraTenantId }: TenantStore) =>
    requests.list().some(({ tenantId }) => tenantId?.toLowerCase() === entraTenantId.toLowerCase());
  const admin = options.demoAdmin && new DemoAdmin(options.demoAdmin, { tenants: store.tenants(), wasRead, log });
  const steered = (tenant: TenantStore) => admin?.leave(tenant);
  const control = new ControlService({ store, faults, requests, throttle, lag, clock, now, log, steered });
  return { door: new SimulatorDoor({ login, graph, faults, requests, clock }), graph, control, admin };
}
