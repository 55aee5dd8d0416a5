import { describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const stream = { write: (text: string) => printed.push(text) };
  return { exitCode: await runCli(args, { stdout: stream, stderr: stream }), text: printed.join('') };
}

describe('runCli', () => {
  it('explains itself', async () => {
    const { exitCode, text } = await run('--help');
    expect(exitCode).toBe(0);
    expect(text).toContain('npm run images -- --output images.tar --locked');
  });

  it('refuses an option that it does not know', async () => {
    const { exitCode, text } = await run('--push');
    expect(exitCode).toBe(2);
    expect(text).toContain("unknown option '--push'");
  });

  it('refuses to keep the lock and to update it at once', async () => {
    const { exitCode, text } = await run('--locked', '--update-lock');
    expect(exitCode).toBe(2);
    expect(text).toContain('--locked and --update-lock exclude each other');
  });
});
