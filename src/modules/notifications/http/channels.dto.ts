import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsString,
  MaxLength,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { MAIL_ADDRESS } from '../../../platform/mail/mail-address.js';
import {
  CHANNEL_KINDS,
  DELIVERY_STATES,
  MOST_RECIPIENTS,
  WANTED_OUTCOMES,
  type ChannelKind,
  type DeliveryState,
  type WantedOutcome,
} from '../channels/channel.js';

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** May be left out, but not be null. */
const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** The parts that a new channel and a change of one have in common. */
class ChannelTargetDto {
  /** A webhook's URL: https, port 443 or 8443, on the public internet. It is kept sealed and only its origin shown. */
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2_000)
  url?: string;

  /** An e-mail channel's addresses, 1 to 20. */
  @ApiPropertyOptional({ type: [String] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_RECIPIENTS)
  @ArrayUnique()
  @IsEmail(MAIL_ADDRESS, { each: true })
  @MaxLength(254, { each: true })
  recipients?: string[];
}

export class CreateChannelDto extends ChannelTargetDto {
  @ApiProperty({ enum: CHANNEL_KINDS })
  @IsIn(CHANNEL_KINDS)
  kind!: ChannelKind;

  /** 1 to 100 characters, without the space around it. */
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;

  /** Which ends of runs it is told of; `all` stands for every one. */
  @ApiProperty({ enum: WANTED_OUTCOMES, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(WANTED_OUTCOMES, { each: true })
  outcomes!: WantedOutcome[];

  @ApiPropertyOptional({ default: true })
  @MayBeLeftOut()
  @IsBoolean()
  enabled: boolean = true;
}

export class ChangeChannelDto extends ChannelTargetDto {
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  @ApiPropertyOptional({ enum: WANTED_OUTCOMES, isArray: true })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(WANTED_OUTCOMES, { each: true })
  outcomes?: WantedOutcome[];

  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsBoolean()
  enabled?: boolean;
}

export class LastDeliveryDto {
  @ApiProperty({ enum: DELIVERY_STATES })
  state!: DeliveryState;
  code!: string;
  message!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class ChannelDto {
  id!: string;
  @ApiProperty({ enum: CHANNEL_KINDS })
  kind!: ChannelKind;
  name!: string;
  /** A webhook's origin; what comes after it is hidden. */
  @ApiProperty({ type: String, nullable: true })
  url!: string | null;
  @ApiProperty({ type: [String], nullable: true })
  recipients!: string[] | null;
  @ApiProperty({ enum: WANTED_OUTCOMES, isArray: true })
  outcomes!: WantedOutcome[];
  enabled!: boolean;
  createdByName!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  /** Until then deliveries are signed with the secret before the present one too. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  previousSecretUntil!: string | null;
  @ApiProperty({ type: LastDeliveryDto, nullable: true })
  lastDelivery!: LastDeliveryDto | null;
}

export class CreatedChannelDto extends ChannelDto {
  /** A webhook's signing secret, shown here and never again. */
  @ApiProperty({ type: String, nullable: true })
  secret!: string | null;
}

export class ChannelPageDto {
  @ApiProperty({ type: [ChannelDto] })
  items!: ChannelDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
  /** Whether e-mail channels can be enabled in this installation. */
  emailAvailable!: boolean;
}

export class RotatedSecretDto {
  /** Shown here and never again. */
  secret!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  previousSecretUntil!: string | null;
}

export class TestVerdictDto {
  delivered!: boolean;
  code!: string;
  message!: string;
  /** The HTTP status or SMTP reply code, where there was one. */
  @ApiProperty({ type: Number, nullable: true })
  status!: number | null;
}

export class DeliveryDto {
  /** The `webhook-id` that the receiver saw. */
  id!: string;
  runId!: string;
  label!: string;
  @ApiProperty({ enum: DELIVERY_STATES })
  state!: DeliveryState;
  attempts!: number;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  nextAttemptAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  code!: string | null;
  @ApiProperty({ type: String, nullable: true })
  message!: string | null;
  @ApiProperty({ type: Number, nullable: true })
  status!: number | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  settledAt!: string | null;
}

export class DeliveryPageDto {
  @ApiProperty({ type: [DeliveryDto] })
  items!: DeliveryDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
