export { alternativeTo } from './alternative-to.ts';
export { type DependencyLanes, type DependencyLanesRequest, dependencyLanes } from './dependency-lanes.ts';
export { type ReleaseFacts, releaseFacts, type ServiceFacts } from './release-facts.ts';
export type { StatefulSetFacts } from './statefulset-facts.ts';
export { type Leaf, leavesOf, nested, type Schema, type Values } from './values-leaves.ts';
