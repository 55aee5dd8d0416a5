import {
  type CreateNodeOptions,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  parseDocument,
  type ScalarTag,
  type SchemaOptions,
} from 'yaml';

/** Options that make the yaml library read scalars as kubectl, Helm and Argo CD do: YAML 1.1 without dates and sexagesimals. */
export const kubernetesYaml: ParseOptions & DocumentOptions & SchemaOptions & CreateNodeOptions = {
  schema: 'failsafe',
  customTags: (tags) => [...tags, ...scalars],
  merge: true,
  uniqueKeys: false,
  logLevel: 'silent',
};

export function parseKubernetesYaml(text: string): Document.Parsed {
  return parseDocument(text, kubernetesYaml);
}

const nothing: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:null',
  test: /^(?:~|null|Null|NULL)?$/,
  resolve: () => null,
};

const yes: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/,
  resolve: () => true,
};

const no: ScalarTag = { ...yes, test: /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/, resolve: () => false };

/** A leading 0 means octal; 089 is no octal number and falls through to the floats. */
const integer: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test: /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9]|[1-9][0-9_]*)$/,
  resolve: readInteger,
};

const float: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

const scalars: readonly ScalarTag[] = [nothing, yes, no, integer, float];

function readInteger(text: string): number {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const isOctal = /^0[0-7]+$/.test(digits);
  const size = Number(isOctal ? `0o${digits}` : digits);
  return text.startsWith('-') && size !== 0 ? -size : size;
}
