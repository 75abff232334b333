import path from 'node:path';
import { SettingsReader } from './settings-reader.js';
import { readTelemetrySettings, type TelemetrySettings } from './telemetry-settings.js';

export const ENVIRONMENTS = ['development', 'production', 'test'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where Microsoft Graph and its login are reached. Origins are `scheme://host[:port]` without a trailing slash. */
export interface GraphSettings {
  /** Every Graph request goes here and nowhere else. */
  readonly graphOrigin: string;
  /** Where token requests are sent; differs from the authority only with the simulator, which speaks plain HTTP. */
  readonly loginOrigin: string;
  /** The authority that tokens are asked of, as MSAL names it. */
  readonly loginAuthority: string;
}

/** How the run engine keeps time. */
export interface RunSettings {
  /** How long a worker holds a run without a sign of life. */
  readonly leaseSeconds: number;
  /** Between two looks for runs that need repair. */
  readonly sweepSeconds: number;
  /** Completed runs move to the archive after this many days; what a sync could read goes then, if nothing reads it. */
  readonly retentionDays: number;
}

/** How mail leaves; the URL may hold a password and is never shown. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with the user and password in it where the server wants them. */
  readonly smtpUrl: string;
  /** The sender's address. */
  readonly from: string;
}

/** The app registration that people sign in with (Microsoft Entra ID, OpenID Connect). */
export interface OidcSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** GUID of the directory whose people sign in when nothing names another. */
  readonly entraTenantId: string;
}

/** Environment variables that may hold the credential of a tenant's Graph connection begin with this. */
export const GRAPH_CREDENTIAL_PREFIX = 'GRAPH_CREDENTIAL_';

/** All that the environment decides, parsed once at boot and frozen. */
export interface Settings {
  readonly environment: Environment;
  readonly port: number;
  /** The interface the API listens on. */
  readonly host: string;
  readonly databaseUrl: string;
  /** Absent: the queues live in PostgreSQL. */
  readonly redisUrl?: string;
  /** Signs the session cookie; 32 characters or more. */
  readonly sessionSecret: string;
  /** 32 bytes, AES-256: encrypts the secrets that are kept in the database. */
  readonly encryptionKey: Buffer;
  /** Keys of before, 32 bytes each, that open what is not sealed anew yet. */
  readonly formerEncryptionKeys?: readonly Buffer[];
  /** Where people reach the application, without a trailing slash. */
  readonly publicUrl: string;
  /** Whether one proxy in front is trusted to name the client's address and scheme. */
  readonly trustProxy: boolean;
  readonly graph: GraphSettings;
  /** Credentials of Graph connections that stay in the environment, by the variable's name. */
  readonly graphCredentials?: Readonly<Record<string, string>>;
  /** Absent: nobody signs in with a Microsoft account. */
  readonly oidc?: OidcSettings;
  readonly runs: RunSettings;
  /** Absent: no mail is sent. */
  readonly mail?: MailSettings;
  /** Networks that webhooks may reach although they are not public, as `address/prefix`. */
  readonly webhookAllowedNetworks?: readonly string[];
  readonly telemetry: TelemetrySettings;
  /** The folder of the built web UI; absent: the one that was built with this program. */
  readonly webDir?: string;
  readonly logLevel: LogLevel;
}

const DATABASE_SCHEMES = ['postgres', 'postgresql'];

export const SETTINGS = Symbol('settings');

/**
 * Parses the environment. Throws {@link SettingsError} that names every missing or wrong setting, and never shows a
 * value. Secrets and addresses have no default in any environment; production takes no default but the port, the log
 * level and Microsoft's own public addresses.
 */
export function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const read = new SettingsReader(env);
  const environment = read.oneOf('NODE_ENV', ENVIRONMENTS, 'development');
  const production = environment === 'production';
  const port = read.integer('PORT', { min: 1, max: 65535 }, 3000);
  const schemes = production ? ['https'] : ['https', 'http'];
  const redisUrl = read.optionalUrl('REDIS_URL', ['redis', 'rediss']);
  const mail = parseMail(read);
  const oidc = parseOidc(read);
  const webDir = read.text('WEB_DIR', '');
  const settings: Settings = {
    environment,
    port,
    host: read.text('HOST', production ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: read.url('DATABASE_URL', DATABASE_SCHEMES),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    sessionSecret: read.secret('SESSION_SECRET', 32),
    encryptionKey: read.key('ENCRYPTION_KEY', 32),
    formerEncryptionKeys: Object.freeze(read.keys('FORMER_ENCRYPTION_KEYS', 32)),
    publicUrl: read.origin('PUBLIC_URL', schemes, production ? undefined : `http://127.0.0.1:${port}`),
    trustProxy: read.flag('TRUST_PROXY', false),
    graph: Object.freeze({
      graphOrigin: read.origin('GRAPH_ORIGIN', schemes, 'https://graph.microsoft.com'),
      loginOrigin: read.origin('LOGIN_ORIGIN', schemes, 'https://login.microsoftonline.com'),
      loginAuthority: read.origin('LOGIN_AUTHORITY', ['https'], 'https://login.microsoftonline.com'),
    }),
    graphCredentials: Object.freeze(read.startingWith(GRAPH_CREDENTIAL_PREFIX)),
    ...(oidc === undefined ? {} : { oidc }),
    runs: Object.freeze({
      leaseSeconds: read.integer('RUN_LEASE_SECONDS', { min: 2, max: 3600 }, 60),
      sweepSeconds: read.integer('RUN_SWEEP_SECONDS', { min: 1, max: 600 }, 10),
      retentionDays: read.integer('RUN_RETENTION_DAYS', { min: 1, max: 3650 }, 180),
    }),
    ...(mail === undefined ? {} : { mail }),
    webhookAllowedNetworks: Object.freeze(read.networks('WEBHOOK_ALLOWED_NETWORKS')),
    telemetry: readTelemetrySettings(read),
    ...(webDir === '' ? {} : { webDir: path.resolve(webDir) }),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'log'),
  };
  read.throwFaults();
  return Object.freeze(settings);
}

/** Mail needs a server and a sender; a sender alone sends nothing. */
function parseMail(read: SettingsReader): MailSettings | undefined {
  const smtpUrl = read.optionalUrl('SMTP_URL', ['smtp', 'smtps']);
  if (smtpUrl === undefined) return undefined;
  return Object.freeze({ smtpUrl, from: read.text('MAIL_FROM') });
}

/** Three settings or none. */
function parseOidc(read: SettingsReader): OidcSettings | undefined {
  const names = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_TENANT_ID'] as const;
  if (names.every((name) => read.text(name, '') === '')) return undefined;
  return Object.freeze({
    clientId: read.guid('OIDC_CLIENT_ID'),
    clientSecret: read.text('OIDC_CLIENT_SECRET'),
    entraTenantId: read.guid('OIDC_TENANT_ID'),
  });
}

/** The database alone, for tools that need nothing else. Throws {@link SettingsError}. */
export function parseDatabaseUrl(env: NodeJS.ProcessEnv): string {
  const read = new SettingsReader(env);
  const url = read.url('DATABASE_URL', DATABASE_SCHEMES);
  read.throwFaults();
  return url;
}

export interface LoggingSettings {
  readonly level: LogLevel;
  readonly json: boolean;
}

/** How to write the log: JSON in production. Throws {@link SettingsError}. */
export function parseLogging(env: NodeJS.ProcessEnv): LoggingSettings {
  const read = new SettingsReader(env);
  const json = read.oneOf('NODE_ENV', ENVIRONMENTS, 'development') === 'production';
  const level = read.oneOf('LOG_LEVEL', LOG_LEVELS, 'log');
  read.throwFaults();
  return { level, json };
}
