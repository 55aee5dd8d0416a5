import { describe, expect, it } from '@jest/globals';
import { clusterLayout } from '../cluster-layout.ts';
import { shellEnvironment } from './shell.command.ts';

describe('the environment of `cluster shell`', () => {
  it('finds the API server from inside, where the port of this machine is not reached', () => {
    const { KUBECONFIG, PATH, TERM } = shellEnvironment({ PATH: '/bin', TERM: 'xterm' }, { kubectl: '/built/kubectl' });
    expect(KUBECONFIG).not.toBe(clusterLayout.kubeconfig);
    expect(KUBECONFIG).toBe(`${clusterLayout.kubeconfigs}/admin.kubeconfig`);
    expect([PATH, TERM]).toEqual(['/built:/bin', 'xterm']);
  });
});
