import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const refused = [
  ['agent.ts', '--only', 'cached', 'It must be part of one of fastify-hello, '],
  ['agent.ts', '--rounds', '0', 'It must be a number above 0.'],
  ['soak.ts', '--minuts', '3', 'Did you mean --minutes?'],
  ['start.ts', '--starts', 'foo', 'It must be a number above 0.'],
] as const;

function run(program: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, '../src', program), ...args], { encoding: 'utf8' });
}

describe('the programs', () => {
  it.each(refused)('%s does not start anything for %s %s', (program, option, value, message) => {
    const { status, stdout, stderr } = run(program, option, value);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect([status, stdout]).toEqual([1, '']);
  });

  it.each(['agent.ts', 'soak.ts', 'start.ts'])('%s tells its options', (program) => {
    const { status, stdout } = run(program, '--help');
    expect(stdout).toContain(`Usage: node tools/bench/src/${program} [options]`);
    expect(status).toBe(0);
  });
});
