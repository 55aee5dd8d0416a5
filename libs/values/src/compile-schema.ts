import { Ajv, type ValidateFunction } from 'ajv';
import type { JsonSchema } from './builder-schema.ts';

/** A validator that reports every mistake, with what {@link schemaProblems} needs to put it into words. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  return new Ajv({ allErrors: true, verbose: true, strict: false, validateFormats: false }).compile(schema);
}
