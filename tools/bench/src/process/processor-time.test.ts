import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { processorTimeMs } from './processor-time.ts';

const busyMs = 400;
const burn = `const end = process.cpuUsage().user / 1000 + ${busyMs}; while (process.cpuUsage().user / 1000 < end); process.stdout.write('burnt');`;

const [shellPid, childPid] = [10, 11];

function statWith(ticksOfChildren: number): readonly string[] {
  const stat = new Array<string>(50).fill('0');
  stat[13] = String(ticksOfChildren);
  return stat;
}

/** A shell, so that what burns is its child; it lives on until its input ends. */
async function measureShell(script: string): Promise<number> {
  const shell = spawn('/bin/sh', ['-c', `"$0" -e "$1"; read -r _`, process.execPath, script], { stdio: 'pipe' });
  await once(shell.stdout, 'data');
  const takenMs = processorTimeMs(shell.pid ?? 0);
  shell.stdin.end();
  await once(shell, 'exit');
  return takenMs;
}

describe('processor time', () => {
  it('contains what a process has started, also after it has ended', async () => {
    expect(await measureShell(burn)).toBeGreaterThanOrEqual(busyMs - 20);
  });

  it('counts again when a child ends between two readings', () => {
    const alive = new Set([shellPid, childPid]);
    const taken = processorTimeMs(shellPid, {
      treeOf: () => [...alive],
      // The shell is read while its child still runs, and has waited for it when the child is read.
      statOf: (pid) => {
        if (pid === childPid) alive.delete(pid);
        return alive.has(pid) ? statWith(alive.has(childPid) ? 0 : 40) : undefined;
      },
    });
    expect(taken).toBe(400);
  });

  it('contains nothing of a process that is not there', () => {
    expect(processorTimeMs(2 ** 30)).toBe(0);
  });
});
