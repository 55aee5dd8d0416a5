import { grant, user } from './grant.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** What the policy daemons of the nodes may see. */
export function networkPolicyObjects(): readonly KubernetesObject[] {
  return grant('netpold', user('netpold'), [
    { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list', 'watch'] },
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
  ]);
}
