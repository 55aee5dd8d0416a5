import {
  commaSeparated,
  type HelmDeletePolicy,
  helmDeletePolicies,
  helmWeightOf,
  isHelmHook,
  wholeNumber,
} from './helm-hooks.ts';
import { annotationsOf, type KubernetesObject } from './kubernetes-object.ts';

export const argoHookTypes = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip'] as const;

export type ArgoHookType = (typeof argoHookTypes)[number];
export type ArgoPhaseName = Exclude<ArgoHookType, 'Skip'>;

export const argoDeletePolicies = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'] as const;

export type ArgoDeletePolicy = (typeof argoDeletePolicies)[number];

/** The phases of a sync in which Argo CD applies the object; none when it skips it or knows no such hook. */
export function argoPhasesOf(object: KubernetesObject): readonly ArgoPhaseName[] {
  if (!isArgoHook(object)) return isSkipped(object) ? [] : ['Sync'];
  return hookTypesOf(object).filter((type) => type !== 'Skip');
}

/** Whether Argo CD runs the object as a hook: it is then left out of diff and health. */
export function isArgoHook(object: KubernetesObject): boolean {
  const annotations = annotationsOf(object);
  if (annotations['argocd.argoproj.io/hook'] !== undefined) return !isSkipped(object);
  return isHelmHook(object) && annotations['helm.sh/hook'] !== 'crd-install';
}

/** Argo CD's wave. Helm's hook weight stands in where there is none, on any object, hook or not. */
export function argoWaveOf(object: KubernetesObject): number {
  return wholeNumber(annotationsOf(object)['argocd.argoproj.io/sync-wave']) ?? helmWeightOf(object);
}

/** When Argo CD deletes the hook: what both engines' annotations say together. @default BeforeHookCreation */
export function argoDeletePoliciesOf(object: KubernetesObject): readonly ArgoDeletePolicy[] {
  const annotations = annotationsOf(object);
  const own = commaSeparated(annotations['argocd.argoproj.io/hook-delete-policy']);
  const helms = commaSeparated(annotations['helm.sh/hook-delete-policy']);
  const inherited = helmDeletePolicies.filter((policy) => helms.includes(policy)).map((policy) => policyOfHelm[policy]);
  const stated = argoDeletePolicies.filter((policy) => own.includes(policy) || inherited.includes(policy));
  return stated.length === 0 ? ['BeforeHookCreation'] : stated;
}

function isSkipped(object: KubernetesObject): boolean {
  return hookTypesOf(object).every((type) => type === 'Skip') && hookTypesOf(object).length === 1;
}

/** Decided object by object: Helm's annotation counts only where Argo CD's own names no known type. */
function hookTypesOf(object: KubernetesObject): readonly ArgoHookType[] {
  const annotations = annotationsOf(object);
  const own = commaSeparated(annotations['argocd.argoproj.io/hook']);
  const types = argoHookTypes.filter((type) => own.includes(type));
  if (types.length > 0) return types;
  const events = commaSeparated(annotations['helm.sh/hook']);
  return [...new Set(events.flatMap((event) => typeOfHelm[event] ?? []))];
}

const typeOfHelm: Readonly<Record<string, ArgoHookType>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

const policyOfHelm: Readonly<Record<HelmDeletePolicy, ArgoDeletePolicy>> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
};
