import type { LoadSecond } from '../src/load/program/load-report.ts';
import type { PodLane, PodPhase } from '../src/report/pod-lanes.ts';
import type { RunReport, ScenarioReport } from '../src/report/run-report.ts';

const startedAtMs = Date.UTC(2026, 10, 26, 12);

function at(second: number): number {
  return startedAtMs + second * 1000;
}

function pod(name: string, group: string, phases: readonly (readonly [PodPhase, number, number])[]): PodLane {
  const spans = phases.map(([phase, from, to]) => ({ phase, startedAtMs: at(from), endedAtMs: at(to) }));
  const owner = group === 'migration' ? 'Job' : 'ReplicaSet';
  return { name: `task-api-${name}`, namespace: 'e2e-upgrade-h4', group, owner, node: 'node1', restarts: 0, spans };
}

const requests: readonly LoadSecond[] = Array.from({ length: 70 }, (_, second) => ({
  atMs: at(second + 25),
  succeeded: second === 41 ? 31 : 38 + (second % 5),
  failed: second === 41 ? 9 : 0,
  medianMs: 6,
  slowestMs: second === 41 ? 812 : 40,
}));

const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };

const upgrade: ScenarioReport = {
  ...nothing,
  name: 'upgrade',
  title: 'No request fails while a release is upgraded',
  helm: 4,
  status: 'failed',
  failure: {
    message: 'the requests of load that failed: expected 0 of 2812 at most, but it is 9',
    step: 'check every write',
  },
  startedAtMs: at(0),
  endedAtMs: at(100),
  steps: [
    { title: 'install', startedAtMs: at(1), endedAtMs: at(24), outcome: 'passed' },
    { title: 'upgrade to the next image', startedAtMs: at(40), endedAtMs: at(72), outcome: 'passed' },
    { title: 'check every write', startedAtMs: at(95), endedAtMs: at(100), outcome: 'failed' },
  ],
  commands: [
    {
      command: 'helm install task-api',
      exitCode: 0,
      startedAtMs: at(1),
      endedAtMs: at(24),
      output: 'STATUS: deployed',
    },
    { command: 'helm upgrade task-api', exitCode: 1, startedAtMs: at(40), endedAtMs: at(72), output: 'Error: <none>' },
  ],
  pods: [
    pod('migrate-x1', 'migration', [
      ['running', 41, 46],
      ['succeeded', 46, 47],
    ]),
    pod('6d4b-aaaaa', 'agent', [
      ['pending', 2, 8],
      ['initialising', 8, 16],
      ['running', 16, 18],
      ['ready', 18, 58],
      ['terminating', 58, 68],
    ]),
    pod('6d4b-bbbbb', 'agent', [
      ['pending', 2, 8],
      ['initialising', 8, 16],
      ['running', 16, 18],
      ['ready', 18, 66],
      ['terminating', 66, 76],
    ]),
    pod('77f9-ccccc', 'agent', [
      ['pending', 47, 48],
      ['running', 48, 52],
      ['ready', 52, 100],
    ]),
    pod('77f9-ddddd', 'agent', [
      ['pending', 58, 59],
      ['running', 59, 62],
      ['ready', 62, 100],
    ]),
    pod('postgresql-0', 'postgresql', [
      ['pending', 2, 6],
      ['running', 6, 11],
      ['ready', 11, 100],
    ]),
    pod('redis-master-0', 'redis', [
      ['pending', 2, 7],
      ['running', 7, 15],
      ['ready', 15, 100],
    ]),
  ],
  loads: [
    {
      name: 'load',
      startedAtMs: at(25),
      endedAtMs: at(95),
      requests: 2812,
      failed: 9,
      streamsMoved: 3,
      byKind: {},
      cache: { HIT: 400, MISS: 21 },
      failures: [{ atMs: at(66), kind: 'list', connection: 'new', message: 'connect ECONNREFUSED 10.96.4.7:8000' }],
      seconds: requests,
      integrity: {
        tasksAcknowledged: 420,
        runsAcknowledged: 180,
        runsCompleted: 180,
        lost: [],
        doubled: [],
        unfinished: [],
      },
    },
  ],
  notes: [{ name: 'rollout', value: '32 s' }],
  evidence: [{ title: 'pods of e2e-upgrade-h4', text: 'task-api-77f9-ccccc Running, ready & <well>' }],
};

/** A run as the report gets it: one scenario that failed, one that passed, one that was left out. */
export const sampleRun: RunReport = {
  startedAtMs: at(-60),
  endedAtMs: at(140),
  environment: {
    machine: '2 × some CPU, 24.0 GiB, Node 24',
    cluster: 'own',
    kubernetesVersion: 'v1.34.4',
    nodes: ['node1', 'node2', 'node3'],
    bootMs: 11_200,
    imagesMs: 3000,
    chart: 'task-api 0.1.0',
    lane: 'mirror',
    helm: { '3': '3.17.3', '4': '4.1.4' },
    memory: { beforeBytes: 2 ** 30, peakBytes: 4.5 * 2 ** 30 },
  },
  scenarios: [
    upgrade,
    {
      ...nothing,
      name: 'guards',
      title: 'Changes that would lose data are refused',
      helm: 4,
      status: 'passed',
      startedAtMs: at(3),
      endedAtMs: at(140),
      notes: [{ name: 'refused', value: '7' }],
    },
    {
      ...nothing,
      name: 'node-death',
      title: 'A node dies',
      helm: 3,
      status: 'skipped',
      reason: 'the cluster lacks: machines',
      startedAtMs: at(140),
      endedAtMs: at(140),
    },
  ],
};
