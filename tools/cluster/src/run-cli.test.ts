import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';

function listen(): { readonly io: Parameters<typeof runCli>[1]; readonly text: () => string } {
  let text = '';
  const sink = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return { io: { env: {}, stdout: sink, stderr: sink }, text: () => text };
}

describe('cluster', () => {
  it('refuses a number of nodes that it cannot make, and says which it can', async () => {
    const { io, text } = listen();
    expect(await runCli(['up', '--nodes', '2'], io)).toBe(2);
    expect(text()).toContain('It is "2"; allowed are 1 and 3.');
  });

  it('suggests the command that was meant', async () => {
    const { io, text } = listen();
    expect(await runCli(['statsu'], io)).toBe(2);
    expect(text()).toContain('Did you mean status?');
  });

  it('explains itself', async () => {
    const { io, text } = listen();
    expect(await runCli(['--help'], io)).toBe(0);
    expect(text()).toContain('remove every trace of it; caches stay');
  });
});
