import { annotationsOf, type KubernetesObject } from './kubernetes-object.ts';

export const helmHookEvents = [
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
] as const;

export type HelmHookEvent = (typeof helmHookEvents)[number];

export const helmDeletePolicies = ['before-hook-creation', 'hook-succeeded', 'hook-failed'] as const;

export type HelmDeletePolicy = (typeof helmDeletePolicies)[number];

/** Whether Helm treats the object as a hook: it is then neither upgraded, nor rolled back, nor removed with the release. */
export function isHelmHook(object: KubernetesObject): boolean {
  return annotationsOf(object)['helm.sh/hook'] !== undefined;
}

/** The events on which Helm runs the object. One unknown name makes Helm drop the whole object, so the list is then empty. */
export function helmHookEventsOf(object: KubernetesObject): readonly HelmHookEvent[] {
  const names = commaSeparated(annotationsOf(object)['helm.sh/hook']).map(canonicalEvent);
  return names.every(isHelmHookEvent) ? names : [];
}

/** Helm's order among the hooks of one event; what is not a whole number counts as 0. */
export function helmWeightOf(object: KubernetesObject): number {
  return wholeNumber(annotationsOf(object)['helm.sh/hook-weight']) ?? 0;
}

/** When Helm deletes the hook. @default before-hook-creation */
export function helmDeletePoliciesOf(object: KubernetesObject): readonly HelmDeletePolicy[] {
  const stated = commaSeparated(annotationsOf(object)['helm.sh/hook-delete-policy']).map((name) => name.toLowerCase());
  const known = helmDeletePolicies.filter((policy) => stated.includes(policy));
  return stated.length === 0 ? ['before-hook-creation'] : known;
}

/** Whether `helm uninstall` leaves the object in the cluster. */
export function isKeptOnUninstall(object: KubernetesObject): boolean {
  return annotationsOf(object)['helm.sh/resource-policy']?.trim().toLowerCase() === 'keep';
}

export function isHelmHookEvent(name: string): name is HelmHookEvent {
  return helmHookEvents.some((event) => event === name);
}

/** A whole number as Go's Atoi reads it; undefined for anything else, so `1.0`, ` 1` and `one` are not numbers. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

export function commaSeparated(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function canonicalEvent(name: string): string {
  const event = name.toLowerCase();
  return event === 'test-success' ? 'test' : event;
}
