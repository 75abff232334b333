import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';

/** A path below our own origin: one slash, and no backslash or line break, which browsers read as a slash or leave out. */
const OWN_PATH = /^\/(?!\/)[^\\\p{Cc}]*$/u;

export class EntraWayDto {
  /** The page to go on with; the first one without it. */
  @IsOptional()
  @MaxLength(500)
  @Matches(OWN_PATH, { message: 'returnTo must be a path that begins with one slash' })
  returnTo?: string;

  /** The Entra directory (GUID) to sign in at; this installation's own without it. */
  @IsOptional()
  @IsUUID('all')
  directory?: string;
}

export class EntraStateDto {
  /** Whether people can sign in with a Microsoft account here. */
  available!: boolean;
  /** Why not, in words. */
  message!: string | null;
  /** What to say for each `problem` that the sign-in page may be opened with. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  problems!: Record<string, string>;
}

export class EntraLinkDto {
  /** Where the browser has to go. */
  url!: string;
}

export class EntraAccountDto {
  /** The Entra directory of the account. */
  directory!: string;
  objectId!: string;
  linkedAt!: string;
  lastSignInAt!: string | null;
}

export class EntraAccountListDto {
  items!: EntraAccountDto[];
}
