import { checkStructure } from '../check-structure.ts';
import { isMap } from '../json.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import type { Problem } from '../problem.ts';
import { type SchemaCatalog, schemaCatalog } from '../schema-catalog.ts';
import { didYouMean } from '../suggest.ts';
import { deprecatedApis, removedApis } from './retired-apis.ts';
import type { ObjectRule } from './rule.ts';

/** The object is of a kind that the cluster serves, and has the shape that its schema demands. */
export const objectFitsSchema: ObjectRule = ({ object }, { options }) => {
  const catalog = schemaCatalog(options.kubernetesVersion);
  const kind = `${object.apiVersion} ${object.kind}`;
  const schema = catalog.schemaOf(kind);
  if (schema) return checkStructure(object, schema, { path: [], catalog, isConfidential: object.kind === 'Secret' });
  const isRetired = removedApis[kind] !== undefined || options.uncheckedKinds?.includes(kind);
  return isRetired ? [] : [unknownKind(object, catalog)];
};

export const apiIsServed: ObjectRule = ({ object }, { options }) => {
  const removal = removedApis[`${object.apiVersion} ${object.kind}`];
  if (!removal || removal.in > options.kubernetesVersion) return [];
  return [
    {
      rule: 'removed-api',
      path: ['apiVersion'],
      message: `${object.apiVersion} ${object.kind} is gone since Kubernetes ${removal.in}; use ${removal.instead}`,
    },
  ];
};

export const apiIsNotDeprecated: ObjectRule = ({ object }, { options }) => {
  const deprecation = deprecatedApis[`${object.apiVersion} ${object.kind}`];
  if (!deprecation || deprecation.in > options.kubernetesVersion) return [];
  return [
    {
      rule: 'deprecated-api',
      path: ['apiVersion'],
      message: `${object.apiVersion} ${object.kind} is deprecated since Kubernetes ${deprecation.in}; use ${deprecation.instead}`,
    },
  ];
};

export const statusIsLeftToTheCluster: ObjectRule = ({ object }) => {
  const { status } = object;
  const isSet = isMap(status) && Object.keys(status).length > 0;
  return isSet
    ? [{ rule: 'status-set', path: ['status'], message: 'is written by the cluster; leave it out of the manifest' }]
    : [];
};

function unknownKind({ apiVersion, kind }: KubernetesObject, { kinds }: SchemaCatalog): Problem {
  const sameKind = kinds.filter((known) => known.endsWith(` ${kind}`));
  const hint =
    sameKind.length > 0
      ? `; ${kind} is known as ${sameKind.join(' and ')}`
      : didYouMean(
          kind,
          kinds.map((known) => known.slice(known.indexOf(' ') + 1)),
        );
  return { rule: 'unknown-kind', path: ['kind'], message: `no schema is known for ${apiVersion} ${kind}${hint}` };
}
