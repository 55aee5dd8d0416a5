import type { ErrorObject, ValidateFunction } from 'ajv';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { formatPath, type ValuePath } from './value-path.ts';

type Finding = Omit<Problem, 'scope'>;
type Translation = (error: ErrorObject, path: ValuePath) => Finding;

/** What a compiled JSON schema (ajv with `allErrors` and `verbose`) has against some data. */
export function schemaProblems(validate: ValidateFunction, data: unknown, scope: Problem['scope']): readonly Problem[] {
  if (validate(data)) return [];
  const errors = validate.errors ?? [];
  return errors.filter((error) => isFinal(error, errors)).map((error) => ({ ...translate(error), scope }));
}

/** An `if` only repeats what its `then` says; the forms of an `anyOf` say less than the `anyOf` itself. */
function isFinal(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === 'if') return false;
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return !choices.some((choice) => isInside(error, choice));
}

function isInside(error: ErrorObject, choice: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && error.instancePath.startsWith(choice.instancePath);
}

function translate(error: ErrorObject): Finding {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  return (translations[error.keyword] ?? notAllowed)(error, path);
}

const unknownKey: Translation = ({ params, parentSchema }, path) => {
  const key: string = params.additionalProperty;
  const known = nearest(key, Object.keys(parentSchema?.properties ?? {}));
  return { rule: 'unknown-key', path: [...path, key], hint: known && formatPath([...path, known]) };
};

const missingKey: Translation = ({ params, parentSchema }, path) => {
  const key: string = params.missingProperty;
  return { rule: 'missing-key', path: [...path, key], allowed: describeMissing(parentSchema?.properties?.[key]) };
};

/** Nothing of a map: its keys say what belongs into it. */
function describeMissing(schema: SchemaFacts | undefined): string | undefined {
  return schema?.type === 'object' ? undefined : describe(schema);
}

const wrongType: Translation = ({ data, parentSchema, schema }, path) => {
  return { rule: 'wrong-type', path, value: data, allowed: describe(parentSchema) ?? `a value of type ${schema}` };
};

const outOfRange: Translation = ({ data, parentSchema }, path) => {
  return { rule: 'out-of-range', path, value: data, allowed: describe(parentSchema) };
};

const malformed: Translation = ({ data, parentSchema, schemaPath }, path) => {
  const isDefinition = /^[^#]*#\/[^/]+$/.test(schemaPath);
  return {
    rule: 'malformed',
    path,
    value: data,
    allowed: isDefinition ? sentenceOf(parentSchema) : describe(parentSchema),
  };
};

/** What a definition that many values share says about itself, without the full stop. */
function sentenceOf(schema: SchemaFacts | undefined): string | undefined {
  return typeof schema?.description === 'string' ? schema.description.replace(/\.$/, '') : describe(schema);
}

const notAllowed: Translation = ({ data, parentSchema, message }, path) => {
  return { rule: 'not-allowed', path, value: data, allowed: describe(parentSchema) ?? `what ${message}` };
};

const translations: Readonly<Record<string, Translation>> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: wrongType,
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  pattern: malformed,
  minLength: malformed,
  maxLength: malformed,
};

/** What a schema allows, in words; `x-allowed` is how a schema says it itself. */
function describe(schema: SchemaFacts | undefined): string | undefined {
  return schema && descriptions.map((description) => description(schema)).find((text) => text !== undefined);
}

interface SchemaFacts {
  readonly [keyword: string]: unknown;
}

const typeNames: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

const descriptions: readonly ((schema: SchemaFacts) => string | undefined)[] = [
  (schema) => (typeof schema['x-allowed'] === 'string' ? schema['x-allowed'] : undefined),
  (schema) => (schema.const === undefined ? undefined : JSON.stringify(schema.const)),
  (schema) => (Array.isArray(schema.enum) ? schema.enum.filter((one) => one !== null).join(', ') : undefined),
  ({ minimum, maximum, ...schema }) =>
    minimum === undefined ? undefined : `${nameTypes(schema.type)} from ${minimum}${upTo(maximum)}`,
  ({ maximum, ...schema }) => (maximum === undefined ? undefined : `${nameTypes(schema.type)}${upTo(maximum)}`),
  (schema) => (schema.pattern === undefined ? undefined : `text that matches ${schema.pattern}`),
  (schema) => (schema.minLength === undefined ? undefined : 'text that is not empty'),
  (schema) => (schema.type === undefined ? undefined : nameTypes(schema.type)),
];

function upTo(maximum: unknown): string {
  return maximum === undefined ? '' : ` to ${maximum}`;
}

function nameTypes(types: unknown): string {
  const names = [types].flat().filter((type) => type !== 'null');
  return names.map((type) => typeNames[String(type)] ?? String(type)).join(' or ');
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
