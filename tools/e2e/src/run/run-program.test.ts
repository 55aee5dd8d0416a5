import { describe, expect, it } from '@jest/globals';
import { describeCommand, runProgram } from './run-program.ts';

describe('runProgram', () => {
  it('returns what a failing program said, and its code', async () => {
    const result = await runProgram(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands over its input', async () => {
    expect((await runProgram(['cat'], { input: 'text' })).stdout).toBe('text');
  });

  it('ends a program at the signal', async () => {
    const stop = new AbortController();
    const running = runProgram(['sleep', '60'], { signal: stop.signal });
    stop.abort();
    expect((await running).exitCode).toBe(143);
  });

  it('refuses a program that is not there', async () => {
    await expect(runProgram(['/no/such/program'])).rejects.toThrow('/no/such/program cannot be run');
  });
});

describe('describeCommand', () => {
  it('leaves the directory out and quotes what a shell would take apart', () => {
    expect(describeCommand(['/cache/helm', 'install', "it's", 'a b'])).toBe(`helm install 'it'\\''s' 'a b'`);
  });
});
