import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { AccessDenied } from '../errors/domain-error.js';
import { RequestValidation } from './validation.js';

class Item {
  @IsInt()
  size!: number;
}

class Body {
  @IsString()
  name!: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items?: Item[];
}

describe('request validation', () => {
  const pipe = new RequestValidation();
  const check = (value: unknown): Promise<unknown> => pipe.transform(value, { type: 'body', metatype: Body });
  const faultsOf = async (value: unknown): Promise<unknown> =>
    check(value).then(
      () => [],
      (error: { details: { errors: unknown } }) => error.details.errors,
    );

  it('answers an instance of the class', async () => {
    await expect(check({ name: 'x', items: [{ size: 1 }] })).resolves.toBeInstanceOf(Body);
  });

  it('names nested fields by their path', async () => {
    await expect(faultsOf({ name: 'x', items: [{ size: 1 }, { size: 'big', more: 1 }] })).resolves.toEqual([
      { field: 'items.1.more', message: 'is not a known field' },
      { field: 'items.1.size', message: 'must be an integer number' },
    ]);
  });

  it('refuses what PostgreSQL cannot store', async () => {
    for (const text of ['a\0b', '\ud800', 'x\udc00']) {
      await expect(faultsOf({ name: text })).resolves.toMatchObject([{ field: 'name' }]);
      await expect(pipe.transform(text, { type: 'query', metatype: String, data: 'q' })).rejects.toMatchObject({
        details: { errors: [{ field: 'q' }] },
      });
      await expect(pipe.transform(text, { type: 'param', metatype: String, data: 'id' })).rejects.toThrow(AccessDenied);
    }
    await expect(check({ name: '😀 ä' })).resolves.toEqual({ name: '😀 ä' });
  });

  it('refuses a body that is nested without end before anything walks it', async () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    await expect(faultsOf({ name: nested(100_000) })).resolves.toEqual([
      { field: expect.stringMatching(/^name(\.0)+$/), message: 'must not be nested deeper than 32 levels' },
    ]);
    await expect(faultsOf({ name: nested(31) })).resolves.toEqual([{ field: 'name', message: 'must be a string' }]);
  });

  it('is not fooled by names of the prototype', async () => {
    const body = await check(JSON.parse('{"name": "x", "__proto__": {"admin": true}}'));
    expect(body).not.toHaveProperty('admin');
    expect({}).not.toHaveProperty('admin');
    await expect(check({ name: 'x', constructor: {} })).resolves.toHaveProperty('constructor', Body);
  });

  it('leaves what the application itself made alone', async () => {
    const scope = Object.freeze({ tenantId: 'a\0' });
    await expect(pipe.transform(scope, { type: 'custom', metatype: Object })).resolves.toBe(scope);
  });
});
