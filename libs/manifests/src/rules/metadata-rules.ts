import { isClusterWide } from '../cluster-wide.ts';
import { isHelmHook } from '../helm-hooks.ts';
import { storageKeyOf } from '../identity-of.ts';
import { valueAt } from '../json.ts';
import {
  annotationsOf,
  groupKindOf,
  groupOf,
  type KubernetesObject,
  nameOf,
  namespaceOf,
} from '../kubernetes-object.ts';
import { textFormats } from '../text-formats.ts';
import type { ObjectRule } from './rule.ts';

export const objectHasName: ObjectRule = ({ object }) => {
  if (nameOf(object) !== '' || valueAt(object, ['metadata', 'name']) !== undefined) return [];
  return [{ rule: 'missing-field', path: ['metadata', 'name'], message: 'is missing; every object needs a name' }];
};

export const nameFitsKind: ObjectRule = ({ object }) => {
  const name = valueAt(object, ['metadata', 'name']);
  const format = textFormats[nameFormatOf(object)];
  if (typeof name !== 'string' || !format || format.accepts(name)) return [];
  return [
    {
      rule: 'bad-name',
      path: ['metadata', 'name'],
      message: `is "${name}"; allowed for a ${object.kind} is ${format.meaning}`,
    },
  ];
};

/** Pods, and the labels on them, carry the name of what makes them plus a suffix. */
export const nameLeavesRoomForPods: ObjectRule = ({ object }) => {
  const longest = longestNames[groupKindOf(object)];
  const { length } = nameOf(object);
  if (longest === undefined || length <= longest) return [];
  return [
    {
      rule: 'name-too-long',
      path: ['metadata', 'name'],
      message: `has ${length} characters; with more than ${longest} the pods of a ${object.kind} cannot be created`,
    },
  ];
};

export const annotationsFit: ObjectRule = ({ object }) => {
  const bytes = Object.entries(annotationsOf(object)).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (bytes <= mostAnnotationBytes) return [];
  return [
    {
      rule: 'bad-annotation',
      path: ['metadata', 'annotations'],
      message: `are ${bytes} bytes; allowed are ${mostAnnotationBytes} all together`,
    },
  ];
};

export const namespaceFitsScope: ObjectRule = ({ object }) => {
  const namespace = namespaceOf(object);
  if (namespace === undefined || !isClusterWide(object)) return [];
  return [
    {
      rule: 'wrong-scope',
      path: ['metadata', 'namespace'],
      message: `is "${namespace}", but a ${object.kind} belongs to the whole cluster; leave it out`,
    },
  ];
};

export const namespaceIsOfRelease: ObjectRule = ({ object }, { options }) => {
  const namespace = namespaceOf(object);
  if (namespace === undefined || namespace === options.namespace || isClusterWide(object)) return [];
  return [
    {
      rule: 'other-namespace',
      path: ['metadata', 'namespace'],
      message: `is "${namespace}"; the release goes into ${options.namespace}`,
    },
  ];
};

export const objectIsUnique: ObjectRule = (rendered, { objects, options }) => {
  const key = storageKeyOf(rendered.object, options.namespace);
  const first = objects.find(({ object }) => nameOf(object) !== '' && storageKeyOf(object, options.namespace) === key);
  if (!first || first === rendered) return [];
  const isMixed = isHelmHook(first.object) !== isHelmHook(rendered.object);
  const rule = isMixed ? 'hook-shadows-object' : 'duplicate-object';
  const place = first.source.template === '' ? `line ${first.source.line}` : first.source.template;
  return [
    {
      rule,
      path: ['metadata', 'name'],
      message: `is that of the ${rendered.object.kind} which ${place} renders too; the one applied last wins`,
    },
  ];
};

const mostAnnotationBytes = 262_144;

const longestNames: Readonly<Record<string, number>> = { 'CronJob.batch': 52, 'Job.batch': 63, 'StatefulSet.apps': 52 };

const nameFormats: Readonly<Record<string, string>> = {
  Namespace: 'dns-label',
  Service: 'dns-1035-label',
  'StatefulSet.apps': 'dns-label',
};

function nameFormatOf(kubernetesObject: KubernetesObject): string {
  if (groupOf(kubernetesObject) === 'rbac.authorization.k8s.io') return 'path-segment';
  return nameFormats[groupKindOf(kubernetesObject)] ?? 'dns-subdomain';
}
