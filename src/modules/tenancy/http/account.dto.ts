import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { LONGEST_PASSWORD } from '../password-rules.js';

export class RenameBody {
  /** 1 to 200 characters, without the space around it. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;
}

export class ChangePasswordBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  currentPassword!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  newPassword!: string;
}

export class SessionDto {
  id!: string;
  /** Whether it is the one that asks. */
  isCurrent!: boolean;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  signedInAt!: string | null;
  /** The network address at sign-in. */
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;
  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;
}

export class SessionListDto {
  @ApiProperty({ type: [SessionDto] })
  items!: SessionDto[];
}
