import type { ObjectTypes } from '../world/kinds.ts';

/** The kinds of which every change is recorded. */
export const recordedKinds = [
  'Pod',
  'Job',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'EndpointSlice',
  'Event',
] as const;

export type RecordedKind = (typeof recordedKinds)[number];

export type Change = 'added' | 'modified' | 'deleted';

/** One change of one object, at the moment this machine heard of it. */
export interface Observation<Name extends RecordedKind = RecordedKind> {
  readonly atMs: number;
  readonly kind: Name;
  readonly change: Change;
  readonly object: ObjectTypes[Name];
}
