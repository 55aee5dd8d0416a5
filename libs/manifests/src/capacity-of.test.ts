import { describe, expect, it } from '@jest/globals';
import { type ObjectSketch, rendered } from '../test/manifest-of.ts';
import { capacityOf } from './capacity-of.ts';
import { podRequestsOf } from './pod-requests-of.ts';

const container = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
const template = { spec: { containers: [container('250m', '256Mi')] } };
const workload = (sketch: Partial<ObjectSketch>): ObjectSketch => ({
  kind: 'Deployment',
  name: 'api',
  apiVersion: 'apps/v1',
  ...sketch,
});
const mebi = 1024 ** 2;

describe('capacityOf', () => {
  it('multiplies what one pod reserves by the replicas', () => {
    expect(capacityOf(rendered(workload({ spec: { replicas: 3, template } })))).toMatchObject({
      objects: 1,
      pods: 3,
      cpuMillis: 750,
      memoryBytes: 768 * mebi,
    });
  });

  it('counts one pod where replicas are not said', () => {
    expect(capacityOf(rendered(workload({ spec: { template } }))).pods).toBe(1);
  });

  it("takes the autoscaler's minimum where replicas are left to it", () => {
    const scaler = {
      kind: 'HorizontalPodAutoscaler',
      name: 'api',
      apiVersion: 'autoscaling/v2',
      spec: { minReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'api' } },
    };
    expect(capacityOf(rendered(workload({ spec: { template } }), scaler)).pods).toBe(2);
  });

  it('leaves out hooks, tests and CronJobs', () => {
    const objects = rendered(
      workload({
        kind: 'Job',
        apiVersion: 'batch/v1',
        annotations: { 'helm.sh/hook': 'pre-upgrade' },
        spec: { template },
      }),
      workload({
        kind: 'Job',
        name: 'sync',
        apiVersion: 'batch/v1',
        annotations: { 'argocd.argoproj.io/hook': 'Sync' },
        spec: { template },
      }),
      { kind: 'Pod', name: 'test', annotations: { 'helm.sh/hook': 'test' }, spec: template.spec },
      { kind: 'CronJob', name: 'report', apiVersion: 'batch/v1', spec: { jobTemplate: { spec: { template } } } },
    );
    expect(capacityOf(objects)).toMatchObject({ objects: 1, pods: 0, cpuMillis: 0 });
  });

  it('flags a DaemonSet, which has a pod on every node', () => {
    const [only] = capacityOf(rendered(workload({ kind: 'DaemonSet', spec: { template } }))).workloads;
    expect(only).toMatchObject({ object: 'apps/v1 DaemonSet api', pods: 1, isPerNode: true });
  });
});

describe('podRequestsOf', () => {
  const sidecar = { ...container('50m', '32Mi'), restartPolicy: 'Always' };

  it('sums the containers', () => {
    expect(podRequestsOf({ containers: [container('100m', '64Mi'), container('0.5', '1Gi')] })).toEqual({
      cpuMillis: 600,
      memoryBytes: 1088 * mebi,
    });
  });

  it('takes an init container that needs more than all containers together, resource by resource', () => {
    const spec = { initContainers: [container('1', '16Mi')], containers: [container('250m', '128Mi')] };
    expect(podRequestsOf(spec)).toEqual({ cpuMillis: 1000, memoryBytes: 128 * mebi });
  });

  it('counts a sidecar beside the containers and beside the init containers after it', () => {
    const spec = {
      initContainers: [container('300m', '8Mi'), sidecar, container('280m', '8Mi')],
      containers: [container('250m', '128Mi')],
    };
    expect(podRequestsOf(spec)).toEqual({ cpuMillis: 330, memoryBytes: 160 * mebi });
  });

  it('takes a limit without a request for the request', () => {
    expect(podRequestsOf({ containers: [{ resources: { limits: { cpu: 2, memory: '1Gi' } } }] })).toEqual({
      cpuMillis: 2000,
      memoryBytes: 1024 * mebi,
    });
  });

  it('lets what the whole pod requests win, and adds the overhead of the runtime', () => {
    const spec = {
      resources: { requests: { cpu: '2', memory: '2Gi' } },
      overhead: { cpu: '10m' },
      containers: [container('100m', '64Mi')],
    };
    expect(podRequestsOf(spec)).toEqual({ cpuMillis: 2010, memoryBytes: 2048 * mebi });
  });
});
