import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clusterLayout, clusterName } from '../cluster-layout.ts';
import { markers } from '../processes/cluster-process.ts';
import { findProcesses } from '../processes/find-processes.ts';
import { runProgram } from '../run-program.ts';
import { nodePlaces } from './borrowed-places.ts';
import { compareSnapshots, type HostSnapshot, takeSnapshot } from './host-snapshot.ts';
import { listMissing } from './require-host.ts';

const clean: HostSnapshot = {
  processes: [],
  mounts: ['/etc/hosts'],
  links: ['lo'],
  networkNamespaces: [],
  cgroups: [],
  packetRules: ['-A FORWARD -j DROP'],
  directories: [],
  kernelSettings: ['/proc/sys/kernel/panic = 0'],
};

describe('compareSnapshots', () => {
  it('finds nothing between a machine and itself', () => {
    expect(compareSnapshots(clean, clean)).toEqual([]);
  });

  it('names what was left and what is gone', () => {
    const after = { ...clean, links: ['lo', 'to-node1'], mounts: [], processes: ['etcd (7)'] };
    expect(compareSnapshots(clean, after)).toEqual([
      'processes: etcd (7) was left',
      'mounts: /etc/hosts is gone',
      'links: to-node1 was left',
    ]);
  });
});

/** One that nothing on this machine uses; an empty one is away meanwhile. */
const unusedPlace = nodePlaces.find((place) => !existsSync(place) || readdirSync(place).length === 0) ?? '';

/** Each way to leave something, and what takes it back. */
const leftovers = {
  async processes() {
    const own = { [markers.cluster]: clusterName, [markers.process]: 'etcd' };
    const child = spawn('sleep', ['60'], { env: { ...process.env, ...own } });
    await once(child, 'spawn');
    return () => child.kill('SIGKILL');
  },
  async mounts() {
    const place = mkdtempSync(join(tmpdir(), 'task-api-left-'));
    await runProgram(['mount', '-t', 'tmpfs', 'tmpfs', place]);
    return async () => {
      await runProgram(['umount', place]);
      rmdirSync(place);
    };
  },
  async links() {
    await runProgram(['ip', 'link', 'add', 'left-0', 'type', 'veth', 'peer', 'name', 'left-1']);
    return () => runProgram(['ip', 'link', 'del', 'left-0']);
  },
  async networkNamespaces() {
    const { mounts } = await takeSnapshot();
    await runProgram(['ip', 'netns', 'add', 'task-api-left']);
    return async () => {
      await runProgram(['ip', 'netns', 'del', 'task-api-left']);
      // The first name on a machine makes a mount of the directory.
      if (!mounts.some((line) => line.includes(' /run/netns '))) await runProgram(['umount', '/run/netns']);
    };
  },
  async cgroups() {
    const group = join('/sys/fs/cgroup/memory', clusterName, 'left');
    const first = mkdirSync(group, { recursive: true }) ?? group;
    return () => [...new Set([group, first])].map((path) => rmdirSync(path));
  },
  async packetRules() {
    const rule = ['FORWARD', '--source', '192.0.2.1', '--jump', 'DROP'];
    await runProgram(['iptables', '--append', ...rule]);
    return () => runProgram(['iptables', '--delete', ...rule]);
  },
  async directories() {
    mkdirSync(unusedPlace);
    return () => rmdirSync(unusedPlace);
  },
  async kernelSettings() {
    const path = '/proc/sys/kernel/panic';
    const value = readFileSync(path, 'utf8');
    writeFileSync(path, String(Number(value) + 1));
    return () => writeFileSync(path, value);
  },
} satisfies Record<keyof HostSnapshot, () => Promise<() => unknown>>;

/** Leaving things takes root and the programs of a cluster; what a cluster that runs leaves would stand beside them. */
const canLeave = process.getuid?.() === 0 && listMissing(process.env).length === 0 && findProcesses().length === 0;

(canLeave ? describe : describe.skip)('takeSnapshot', () => {
  const takeBack: (() => unknown)[] = [];
  beforeAll(() => {
    if (!existsSync(unusedPlace)) return;
    rmdirSync(unusedPlace);
    takeBack.push(() => mkdirSync(unusedPlace));
  });
  afterAll(async () => {
    for (const undo of takeBack.toReversed()) await undo();
  });

  it('sees a process that lost its mark, by a path of the cluster that it names', async () => {
    const before = await takeSnapshot();
    const child = spawn('sleep', ['60'], { argv0: join(clusterLayout.runtimeDirectory, 'left') });
    await once(child, 'spawn');
    const differences = compareSnapshots(before, await takeSnapshot());
    child.kill('SIGKILL');
    expect(differences).toEqual([expect.stringMatching(/^processes: .*left.* was left$/)]);
  });

  it.each(Object.entries(leftovers))('sees what was left of %s', async (kind, leave) => {
    const before = await takeSnapshot();
    takeBack.push(await leave());
    const differences = compareSnapshots(before, await takeSnapshot());
    expect(differences).toContainEqual(expect.stringMatching(new RegExp(`^${kind}: .*was left$`)));
  });
});
