import type { Json } from './json.ts';

/** The keywords that occur in the generated schemas; `scripts/strict-schema.ts` writes no others. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly enum?: readonly Json[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly nullable?: boolean;
  readonly default?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-list-type'?: 'set';
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;

  /** Of these fields one may be set; with `least: 1` one must be. Stated by our own constraints only. */
  readonly exclusive?: readonly ExclusiveFields[];
  /** The syntax of the keys and values of a map whose keys are free. Stated by our own constraints only. */
  readonly entries?: EntryFormats;
}

export interface ExclusiveFields {
  readonly fields: readonly string[];
  readonly least: 0 | 1;
}

export interface EntryFormats {
  readonly rule: 'bad-label' | 'bad-annotation' | 'bad-format';
  readonly keys: string;
  readonly values?: string;
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
