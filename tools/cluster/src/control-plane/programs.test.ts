import { describe, expect, it } from '@jest/globals';
import { apiServer, controllerManager, etcd, scheduler } from './programs.ts';

const programs = {
  etcd: '/bin/etcd',
  'kube-apiserver': '/bin/api',
  'kube-controller-manager': '/bin/cm',
  'kube-scheduler': '/bin/s',
};
const parts = [etcd, apiServer, controllerManager, scheduler];

describe('programs of the control plane', () => {
  it.each(parts.map((part) => [part.name, part] as const))('%s runs in the network of the control plane', (_, part) => {
    const { name, command } = part(programs);
    expect(command.slice(0, 3)).toEqual(['nsenter', '--net=/run/netns/task-api', '--']);
    expect(command[3]).toBe(programs[name as keyof typeof programs]); // Its own name is a key of the table, by the table.
  });

  it('lets pods of a lost node move before a person would notice', () => {
    expect(apiServer(programs).command).toContain('--default-unreachable-toleration-seconds=5');
    expect(controllerManager(programs).command).toContain('--node-monitor-grace-period=10s');
  });
});
