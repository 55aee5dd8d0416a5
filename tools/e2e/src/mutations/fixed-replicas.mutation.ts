import type { Mutation } from './mutation.ts';

export const fixedReplicas: Mutation = {
  name: 'fixed-replicas',
  title: 'The Deployment says how many pods there are, although an autoscaler does',
  edits: [
    { file: 'templates/deployment.yaml', find: '{{- if not .Values.autoscaling.enabled }}', replace: '{{- if true }}' },
  ],
  scenario: 'autoscaling',
  // Helm 4 takes the field from the autoscaler only by force, Helm 3 does so unasked.
  failure: /conflict with "kube-controller-manager"|the replicas of the Deployment during an upgrade/,
};
