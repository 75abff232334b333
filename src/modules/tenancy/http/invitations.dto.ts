import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { LONGEST_PASSWORD } from '../password-rules.js';
import { UserAnswer } from './auth.dto.js';

export class InvitationTokenBody {
  /** What stands behind the `#` of the link. */
  @IsString()
  @Matches(/^tai_[A-Za-z0-9_-]{43}$/, { message: 'token must be the token of an invitation' })
  token!: string;
}

export class AcceptInvitationBody extends InvitationTokenBody {
  /** For a new account; left out by who has one already. 1 to 200 characters, without the space around it. */
  @ApiPropertyOptional()
  @ValidateIf((_body, value) => value !== undefined)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  /** The new account's, or that of the account which the address has. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

export class OpenedInvitationDto {
  tenantName!: string;
  email!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  invitedByName!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class AcceptedInvitationDto {
  tenantId!: string;
  user!: UserAnswer;
}

export class JoinedTenantDto {
  tenantId!: string;
}
