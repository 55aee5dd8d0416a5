export type { Need } from './cluster/need.ts';
export type { Mutation } from './mutations/mutation.ts';
export type { RunReport, ScenarioReport } from './report/run-report.ts';
export type { Scenario } from './scenario.ts';
export type { World } from './world/world.ts';
