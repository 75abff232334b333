import { PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { CredentialKind } from '../../api/graph-connection';

/** What is typed of the credential; only what the chosen kind and place need is sent. */
export interface TypedCredential {
  secret: string;
  certificatePem: string;
  privateKeyPem: string;
  environmentVariable: string;
}

interface CredentialFieldsProps {
  kind: CredentialKind;
  isInEnvironment: boolean;
  typed: TypedCredential;
  /** What the server said of a field. */
  faultOf: (field: string) => string | undefined;
  onType: (change: Partial<TypedCredential>) => void;
}

const LONGEST_PEM = 20_000;

/** The fields of one kind of credential in one place; what is entered is never shown again. */
export function CredentialFields({ kind, isInEnvironment, typed, faultOf, onType }: CredentialFieldsProps) {
  if (isInEnvironment) {
    return (
      <TextInput
        label="Environment variable"
        description={
          kind === 'secret'
            ? 'Of the API and of the worker. It holds the secret.'
            : 'Of the API and of the worker. It holds certificate and private key as PEM in one text.'
        }
        placeholder="GRAPH_CREDENTIAL_CONTOSO"
        required
        maxLength={117}
        value={typed.environmentVariable}
        error={faultOf('environmentVariable')}
        onChange={(event) => onType({ environmentVariable: event.currentTarget.value })}
      />
    );
  }
  if (kind === 'secret') {
    return (
      <PasswordInput
        label="Secret"
        description="Its value, not its id. It is kept encrypted and never shown again."
        autoComplete="new-password"
        required
        maxLength={1_000}
        value={typed.secret}
        error={faultOf('secret')}
        onChange={(event) => onType({ secret: event.currentTarget.value })}
      />
    );
  }
  return (
    <>
      <Textarea
        label="Certificate"
        description="PEM; the one that is uploaded to the app registration."
        placeholder="-----BEGIN CERTIFICATE-----"
        required
        autosize
        minRows={3}
        maxRows={8}
        maxLength={LONGEST_PEM}
        classNames={{ input: 'pem' }}
        value={typed.certificatePem}
        error={faultOf('certificatePem')}
        onChange={(event) => onType({ certificatePem: event.currentTarget.value })}
      />
      <Textarea
        label="Private key"
        description="PEM, RSA, without a passphrase. It is kept encrypted and never shown again."
        placeholder="-----BEGIN PRIVATE KEY-----"
        required
        autosize
        minRows={3}
        maxRows={8}
        maxLength={LONGEST_PEM}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'pem' }}
        value={typed.privateKeyPem}
        error={faultOf('privateKeyPem')}
        onChange={(event) => onType({ privateKeyPem: event.currentTarget.value })}
      />
    </>
  );
}
