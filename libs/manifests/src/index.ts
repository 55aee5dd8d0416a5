export {
  type ArgoDeletePolicy,
  type ArgoHookType,
  type ArgoPhaseName,
  argoDeletePoliciesOf,
  argoPhasesOf,
  argoWaveOf,
  isArgoHook,
} from './argo-hooks.ts';
export { type Capacity, capacityOf, type WorkloadCapacity } from './capacity-of.ts';
export type { Finding } from './finding.ts';
export { groupByTemplate } from './group-by-template.ts';
export {
  type HelmDeletePolicy,
  type HelmHookEvent,
  helmDeletePoliciesOf,
  helmHookEventsOf,
  helmWeightOf,
  isHelmHook,
  isKeptOnUninstall,
} from './helm-hooks.ts';
export { identityOf, storageKeyOf } from './identity-of.ts';
export { type Json, type JsonMap, listAt, type Path, textAt, textMapAt } from './json.ts';
export type { KubernetesObject, ObjectSource, RenderedObject } from './kubernetes-object.ts';
export { annotationsOf, groupKindOf, groupOf, labelsOf, nameOf, namespaceOf } from './kubernetes-object.ts';
export { ManifestsError, type ManifestsRule } from './manifests-error.ts';
export { parseManifests } from './parse-manifests.ts';
export type { Phase } from './phase.ts';
export { planArgoSync } from './plan-argo-sync.ts';
export { type HelmOperation, planHelm } from './plan-helm.ts';
export { type PodRequests, podRequestsOf } from './pod-requests-of.ts';
export { type PodSource, podsOf } from './pods-of.ts';
export { bytesOf, canonicalQuantity, cpuMillisOf, isQuantity, parseQuantity } from './quantity.ts';
export { type RuleName, rules } from './rules.ts';
export { differingObjects, sameObjects } from './same-objects.ts';
export { validateObjects } from './validate-objects.ts';
export { type KubernetesVersion, kubernetesVersions, type ValidationOptions } from './validation-options.ts';
