import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assertPortIsFree, findFreePort } from './free-port.ts';

describe('a port', () => {
  it('is free when nothing listens there', async () => {
    await assertPortIsFree(await findFreePort(), 'the agent');
  });

  it('is in use when something does', async () => {
    const port = await findFreePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    await expect(assertPortIsFree(port, 'the agent')).rejects.toThrow(`port ${port} for the agent is in use; stop`);
    holder.close();
  });

  it('is not said to be in use when it is none', async () => {
    await expect(assertPortIsFree(70_000, 'the agent')).rejects.toThrow(
      /^port 70000 for the agent cannot be listened on: .*; choose another port \(--port\)$/,
    );
  });

  const firstOfAnybody = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  const itWherePortsAreKept = firstOfAnybody > 1 ? it : it.skip;

  itWherePortsAreKept('is not said to be in use when it is kept for root', () => {
    const source = join(import.meta.dirname, 'free-port.ts');
    const program = `
      const { assertPortIsFree } = await import(${JSON.stringify(source)});
      if (process.getuid() === 0) process.setuid(65534);
      await assertPortIsFree(1, 'the agent').catch(({ message }) => process.stdout.write(message));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    expect(stdout).toBe(
      'port 1 for the agent cannot be listened on: listen EACCES: permission denied 127.0.0.1:1; choose another port (--port)',
    );
  });
});
