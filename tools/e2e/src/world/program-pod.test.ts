import { describe, expect, it } from '@jest/globals';
import { programPod, programsConfigMap } from './program-pod.ts';

const pod = programPod({
  name: 'e2e-load',
  role: 'load',
  image: 'task-api/agent:0.1.0',
  program: ['load-main.ts', '--fast'],
  env: { LOAD_PLAN: '{}' },
  labels: { team: 'strangers' },
  node: 'node2',
});

describe('programPod', () => {
  it('runs a program of the ConfigMap with its arguments, on the node that is asked for', () => {
    expect(pod.spec?.containers[0]?.command?.slice(-2)).toEqual(['/e2e/load-main.ts', '--fast']);
    expect(pod.spec?.nodeName).toBe('node2');
    expect(pod.metadata?.labels).toEqual({ team: 'strangers', 'task-api-e2e/role': 'load' });
  });

  it('meets Pod Security "restricted"', () => {
    expect(pod.spec?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.spec?.containers[0]?.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('programsConfigMap', () => {
  it('holds the programs, with everything that they import, and no tests', async () => {
    const { data = {} } = await programsConfigMap();
    const imported = Object.values(data).flatMap((text) =>
      [...text.matchAll(/from '\.\/([^']+)'/g)].map(([, file]) => file),
    );
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining(['load-main.ts', 'call-main.ts', 'idle-main.ts', ...imported]),
    );
    expect(Object.keys(data).filter((name) => name.includes('.test.'))).toEqual([]);
  });
});
