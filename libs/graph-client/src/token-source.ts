import { X509Certificate } from 'node:crypto';
import { AuthError, ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import { GraphFailure } from './graph-failure.js';
import { type GraphClock, systemClock } from './time/graph-clock.js';
import { type IssuedToken, cachedTokens } from './token/cached-tokens.js';
import type { TokenSource } from './token/tokens.js';
import { LoginNetwork } from './token/login-network.js';
import { refusalFailure } from './token/login-refusal.js';
import { safeText } from './transport/safe-text.js';

export type { TokenSource };

/** What an app proves itself with. PEM texts; the key without a passphrase. */
export type ClientCredential =
  { clientSecret: string; certificate?: undefined } | { clientSecret?: undefined; certificate: ClientCertificate };

export interface ClientCertificate {
  certificatePem: string;
  privateKeyPem: string;
}

export type MsalTokenSettings = ClientCredential & LoginPlace;

interface LoginPlace {
  /** GUID or verified domain of the customer's directory. */
  entraTenantId: string;
  clientId: string;
  /** Where the login is reached: `https://login.microsoftonline.com`, or a simulator's `http://127.0.0.1:4100`. */
  loginOrigin: string;
  /** The https origin that the login publishes; equal to `loginOrigin` in production. */
  loginAuthority: string;
  clock?: GraphClock;
}

/** App-only tokens take `.default` only: what an administrator has consented to. */
const SCOPES = ['https://graph.microsoft.com/.default'];

/** App-only tokens (client credentials) of one tenant by MSAL, kept in memory for the life of the source. */
export function createMsalTokenSource(settings: MsalTokenSettings): TokenSource {
  const network = new LoginNetwork(settings.loginAuthority, settings.loginOrigin);
  // MSAL's constructor throws on an empty secret or id; that is an answer to a token request too.
  let application: ConfidentialClientApplication | undefined;

  const issue = async (): Promise<IssuedToken> => {
    network.takeTrouble();
    try {
      application ??= msalApplication(settings, network);
      const result = await application.acquireTokenByClientCredential({ scopes: SCOPES, skipCache: true });
      if (result?.accessToken && result.expiresOn) {
        return { accessToken: result.accessToken, expiresAt: result.expiresOn.getTime() };
      }
      throw new NoToken();
    } catch (error) {
      throw failureOf(error, network, settings);
    }
  };
  return cachedTokens(issue, settings.clock ?? systemClock);
}

/** MSAL takes an error status without Entra's envelope for an answer; the network below it knows better. */
class NoToken extends Error {
  readonly errorCode = 'answered without a token';
}

function msalApplication(settings: MsalTokenSettings, network: LoginNetwork): ConfidentialClientApplication {
  const { clientId, entraTenantId, loginAuthority } = settings;
  // Keeps a tenant id from reaching into the authority's path.
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(entraTenantId)) {
    throw new GraphFailure('graph.unauthorized', { detail: 'the tenant id is neither a GUID nor a domain name' });
  }
  const authority = new URL(loginAuthority);
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      ...msalCredential(settings),
      authority: `${authority.origin}/${entraTenantId}`,
      // Without it MSAL asks Microsoft about the host of any other authority.
      knownAuthorities: [authority.host],
    },
    system: { networkClient: network },
  });
}

/** Entra knows a certificate by its thumbprint; with the SHA-256 one MSAL signs the assertion by PS256. */
function msalCredential(
  credential: ClientCredential,
): Required<Pick<NodeAuthOptions, 'clientSecret'>> | Required<Pick<NodeAuthOptions, 'clientCertificate'>> {
  if (credential.certificate === undefined) return { clientSecret: credential.clientSecret };
  const { certificatePem, privateKeyPem } = credential.certificate;
  const thumbprintSha256 = new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '');
  return { clientCertificate: { thumbprintSha256, privateKey: privateKeyPem } };
}

function secretsOf({ clientSecret, certificate }: ClientCredential): string[] {
  if (clientSecret === undefined) return [certificate.privateKeyPem];
  return [clientSecret, encodeURIComponent(clientSecret)];
}

function failureOf(error: unknown, network: LoginNetwork, settings: MsalTokenSettings): GraphFailure {
  if (error instanceof GraphFailure) return error;
  const secrets = secretsOf(settings);
  const { refusal, fault } = network.takeTrouble();
  if (refusal) return refusalFailure(refusal, secrets);
  if (fault !== undefined)
    return new GraphFailure('graph.unavailable', { detail: safeText(`login: ${fault}`, secrets) });
  const code = error instanceof AuthError || error instanceof NoToken ? error.errorCode : 'unknown error';
  return new GraphFailure('graph.unauthorized', { detail: safeText(`login: ${code}`, secrets) });
}
