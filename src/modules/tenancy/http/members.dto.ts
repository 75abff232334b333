import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsEmail, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { PageQuery } from '../../../platform/http/page.js';
import { MAIL_ADDRESS } from '../../../platform/mail/mail-address.js';
import { MAIL_RESULTS, type MailResult } from '../../../platform/mail/mailer.js';

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** Several values in one parameter, separated by commas. */
function split({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
}

export class MembersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROLES, isArray: true })
  @IsOptional()
  @Transform(split)
  @IsArray()
  @IsIn(ROLES, { each: true })
  role?: Role[];

  /** Stands in the name; for those who manage members, in the e-mail address too. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class MemberDto {
  userId!: string;
  name!: string;
  /** For those who manage members; null for everybody else. */
  @ApiProperty({ type: String, nullable: true })
  email!: string | null;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ format: 'date-time' })
  addedAt!: string;
}

export class MemberCountsDto {
  Readonly!: number;
  Operator!: number;
  Manager!: number;
  Owner!: number;
}

export class MemberPageDto {
  @ApiProperty({ type: [MemberDto] })
  items!: MemberDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
  /** Members of each role, whatever the filter. */
  @ApiProperty({ type: MemberCountsDto })
  counts!: MemberCountsDto;
}

export class AddMemberDto {
  @Transform(trimmed)
  @IsEmail(MAIL_ADDRESS)
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;
}

export class ChangeRoleDto {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;
}

export class InvitationDto {
  id!: string;
  email!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  invitedByName!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  expired!: boolean;
}

export class InvitationListDto {
  @ApiProperty({ type: [InvitationDto] })
  items!: InvitationDto[];
}

export class AddedPersonDto {
  /** The person, where he was added at once; null when he was invited. */
  @ApiProperty({ type: MemberDto, nullable: true })
  member!: MemberDto | null;
  @ApiProperty({ type: InvitationDto, nullable: true })
  invitation!: InvitationDto | null;
  /** Shown here and never again; works once. */
  @ApiProperty({ type: String, nullable: true })
  link!: string | null;
  /** Whether the link was sent by mail. */
  @ApiProperty({ enum: MAIL_RESULTS, nullable: true })
  mail!: MailResult | null;
}
