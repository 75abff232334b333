import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { unvalidatedClasses } from './payload-properties.js';
import { payloadSchema } from './payload-schema.js';

class Options {
  @IsBoolean()
  deep!: boolean;
}

class Part {
  @IsString()
  @Matches(/^[a-z]+$/)
  name!: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

class Base {
  @IsString()
  @MaxLength(5)
  id!: string;
}

class Payload extends Base {
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(2)
  @IsIn(['a', 'b'], { each: true })
  kinds?: string[];

  @IsInt()
  @Min(1)
  @Max(9)
  count!: number;

  @IsOptional()
  @Length(1, 3)
  note?: string;

  @ValidateNested()
  @Type(() => Options)
  options!: Options;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

const VALID = { id: 'x', count: 1, options: { deep: true } };

describe('the JSON Schema of a payload class', () => {
  it('says what the validators say', () => {
    expect(payloadSchema(Payload)).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string', maxLength: 5 },
        kinds: { type: 'array', items: { enum: ['a', 'b'] }, minItems: 1, maxItems: 2 },
        count: { type: 'integer', minimum: 1, maximum: 9 },
        note: { type: 'string', minLength: 1, maxLength: 3 },
        options: {
          type: 'object',
          properties: { deep: { type: 'boolean' } },
          required: ['deep'],
          additionalProperties: false,
        },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string', pattern: '^[a-z]+$' },
              parts: { type: 'array', items: { type: 'object' } },
            },
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
      required: expect.arrayContaining(['id', 'count', 'options']),
      additionalProperties: false,
    });
  });

  const accepts = new Ajv2020().compile(payloadSchema(Payload));

  it.each([
    VALID,
    { ...VALID, kinds: ['a', 'b'], note: 'abc', parts: [{ name: 'p', parts: [{ name: 'q' }] }] },
    {},
    { ...VALID, id: 'longer than five' },
    { ...VALID, kinds: [] },
    { ...VALID, kinds: ['c'] },
    { ...VALID, kinds: ['a', 'b', 'a'] },
    { ...VALID, count: 1.5 },
    { ...VALID, count: 10 },
    { ...VALID, note: '' },
    { ...VALID, options: {} },
    { ...VALID, options: { deep: 'yes' } },
    { ...VALID, parts: [{ name: 'P' }] },
    { ...VALID, parts: [{ name: 'p', extra: 1 }] },
    { ...VALID, extra: 1 },
  ])('accepts and refuses as class-validator does: %j', (payload) => {
    const faults = validateSync(plainToInstance(Payload, payload), { whitelist: true, forbidNonWhitelisted: true });
    expect(accepts(payload)).toBe(faults.length === 0);
  });
});

describe('the classes of which nothing is validated', () => {
  class Blind {}

  class Holder {
    @ValidateNested()
    @Type(() => Blind)
    inner!: Blind;
  }

  it('are found at any depth, and a class that holds itself ends', () => {
    expect(unvalidatedClasses(Payload)).toEqual([]);
    expect(unvalidatedClasses(Blind)).toEqual(['Blind']);
    expect(unvalidatedClasses(Holder)).toEqual(['Blind']);
  });
});
