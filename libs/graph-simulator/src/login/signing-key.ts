import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** What every token of Entra says. */
export interface SignedClaims {
  aud: string;
  iss: string;
  iat: number;
  nbf: number;
  exp: number;
  tid: string;
  oid: string;
  [claim: string]: unknown;
}

/** What an access token for Graph says. */
export interface TokenClaims extends SignedClaims {
  appid: string;
  roles?: string[];
  /** Delegated permissions, separated by spaces; only in tokens of a user. */
  scp?: string;
}

/** The simulator's own key: made at start, so that tokens of an earlier start are refused as Graph refuses foreign ones. */
export class SigningKey {
  readonly kid: string;
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor() {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    this.privateKey = createPrivateKey(privateKey);
    this.publicKey = createPublicKey(this.privateKey);
    this.kid = createHash('sha1')
      .update(this.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
  }

  /** The JSON Web Key Set that `/discovery/v2.0/keys` serves. */
  jwks(): { keys: Record<string, unknown>[] } {
    const { n, e } = this.publicKey.export({ format: 'jwk' });
    return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: this.kid, x5t: this.kid, n, e }] };
  }

  /** A signed JWT (RS256). */
  sign(claims: SignedClaims): string {
    const head = encode({ typ: 'JWT', alg: 'RS256', kid: this.kid, x5t: this.kid });
    const signed = `${head}.${encode(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.privateKey).toString('base64url')}`;
  }

  /** The claims of a token that this key signed; undefined for any other text. Its lifetime is not looked at. */
  verify(token: string): TokenClaims | undefined {
    const parts = token.split('.');
    const [head, claims, signature] = parts;
    if (parts.length !== 3 || head === undefined || claims === undefined || signature === undefined) return undefined;
    const genuine = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      this.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    return genuine ? (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as TokenClaims) : undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
