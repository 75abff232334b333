import type { ApiPropertyOptions } from '@nestjs/swagger';

/** For `@ApiProperty`: a property that may hold any JSON value, which a type of its own cannot say. */
export function anyJson(description: string): ApiPropertyOptions {
  return {
    nullable: true,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true },
    ],
    description,
  };
}
