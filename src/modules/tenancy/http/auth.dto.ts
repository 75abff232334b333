import { IsISO8601, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Role } from '#libs/access-model/src/permissions.js';

export class SignInBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(254)
  email!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(1024)
  password!: string;
}

export class UserAnswer {
  id!: string;
  name!: string;
  email!: string;
}

export class SignInAnswer {
  user!: UserAnswer;
}

export class MembershipAnswer {
  tenantId!: string;
  tenantName!: string;
  role!: Role;
}

export class MeAnswer {
  user!: UserAnswer;
  memberships!: MembershipAnswer[];
}

export class CreateApiTokenBody {
  /** What the token is for, in the user's words. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name!: string;

  /** ISO 8601; without it the token does not expire. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  expiresAt?: string;
}

export class CreatedApiToken {
  id!: string;
  /** Shown here and never again; sent as `Authorization: Bearer`. */
  token!: string;
}

export class ApiTokenAnswer {
  id!: string;
  name!: string;
  createdAt!: string;
  expiresAt!: string | null;
  lastUsedAt!: string | null;
}

export class ApiTokenPage {
  items!: ApiTokenAnswer[];
  nextCursor!: string | null;
}
