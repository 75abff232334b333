import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { CredentialKind } from '../data/graph-connection.repository.js';

const KINDS = ['secret', 'certificate'] as const satisfies readonly CredentialKind[];
const LONGEST_PEM = 20_000;

/** A credential is given here, or is in a variable of the installation's environment. */
export class SetGraphConnectionDto {
  /** The application (client) id of the app registration. */
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all')
  clientId!: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind!: CredentialKind;

  /** The secret's value; never answered. */
  @ApiPropertyOptional({ writeOnly: true })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  secret?: string;

  @ApiPropertyOptional({ writeOnly: true })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PEM)
  certificatePem?: string;

  /** RSA, PEM, without a passphrase; never answered. */
  @ApiPropertyOptional({ writeOnly: true })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PEM)
  privateKeyPem?: string;

  /** Its name begins with `GRAPH_CREDENTIAL_`; it holds the secret, or certificate and key as PEM in one text. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^GRAPH_CREDENTIAL_[A-Z0-9_]{1,100}$/, {
    message: 'environmentVariable must be GRAPH_CREDENTIAL_ and capital letters, digits or underscores',
  })
  environmentVariable?: string;
}

export class ConnectionCertificateDto {
  /** The last four characters of the SHA-1 thumbprint. */
  thumbprintEnd!: string;
  expiresAt!: string;
}

export class ConnectionVerdictDto {
  /** Whether policies can be read, if not all of them. */
  works!: boolean;
  /** Stable, such as `secret_expired`. */
  code!: string;
  message!: string;
  nextStep!: string;
  /** Permissions or licences that are missing. */
  missing!: string[];
  /** Microsoft's own number, such as `AADSTS7000222`. */
  aadsts!: string | null;
  /** For Microsoft's support. */
  requestId!: string | null;
  at!: string;
}

export class GraphConnectionDto {
  @ApiProperty({ enum: KINDS })
  kind!: CredentialKind;
  /** The last four characters of the client id. */
  clientIdEnd!: string;
  /** Null when the credential is kept here, sealed. */
  environmentVariable!: string | null;
  certificate!: ConnectionCertificateDto | null;
  setByName!: string;
  setAt!: string;
  /** Null until this credential is tested. */
  verdict!: ConnectionVerdictDto | null;
}

export class GraphConnectionPageDto {
  entraTenantId!: string;
  /** The least application permissions that the app needs to read everything. */
  permissionsNeeded!: string[];
  /** Null until an owner connects the tenant. */
  connection!: GraphConnectionDto | null;
}
