import { describe, expect, it } from '@jest/globals';
import { exitCodes, exitCodeTable } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const exitCode = await runCli(args, {
    cwd: '/',
    env: {},
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    takeOverSignals: () => undefined,
  });
  return { exitCode, ...written };
}

const commands = ['start', 'generate', 'check', 'template', 'validate', 'explain', 'prepare', 'doctor'];

describe('runCli', () => {
  it('shows every command and every exit code in its help', async () => {
    const { exitCode, stdout } = await run('--help');
    expect(exitCode).toBe(exitCodes.ok);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    for (const { meaning } of exitCodeTable) expect(stdout).toContain(meaning);
  });

  it.each(commands)('shows examples in the help of %s', async (command) => {
    const { exitCode, stdout } = await run(command, '--help');
    expect([exitCode, stdout]).toEqual([exitCodes.ok, expect.stringMatching(/Examples:\n {2}(gitops|npm)/)]);
  });

  it('suggests the command that was meant', async () => {
    expect(await run('chek')).toEqual({
      exitCode: exitCodes.invalid,
      stdout: '',
      stderr: expect.stringContaining('Did you mean check?'),
    });
  });

  it('names the choices of an option', async () => {
    const { exitCode, stderr } = await run('template', 'prod', '--as', 'flux');
    expect([exitCode, stderr]).toEqual([
      exitCodes.invalid,
      expect.stringContaining('argocd, helm-install, helm-upgrade'),
    ]);
  });

  it('asks for a path or --all when explain gets neither', async () => {
    const { exitCode, stderr } = await run('explain', 'prod');
    expect([exitCode, stderr]).toEqual([exitCodes.invalid, expect.stringContaining('give one, or --all')]);
  });

  it('says what is wrong with --root', async () => {
    const { exitCode, stderr } = await run('check', '--root', '/no/such/place');
    expect([exitCode, stderr]).toEqual([
      exitCodes.invalid,
      'error: /no/such/place is not a checkout of this repository: it holds no charts/task-api/Chart.yaml\n',
    ]);
  });

  it('puts errors into the JSON document too', async () => {
    const { stdout } = await run('check', '--root', '/no/such/place', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, errors: [{ rule: 'root-not-found' }] });
  });
});
