import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

const checkout = join(import.meta.dirname, '../../..');
const timeoutMs = 60_000;
let clone: string;

beforeAll(() => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), 'affected-')));
  execFileSync('git', ['clone', '--quiet', '--no-local', '--depth=1', `file://${checkout}`, clone]);
  symlinkSync(join(checkout, 'node_modules'), join(clone, 'node_modules'));
}, timeoutMs);

afterEach(() => {
  git('checkout', '--quiet', '.');
  git('clean', '--quiet', '-fd', 'environments');
});

afterAll(() => rmSync(clone, { recursive: true }));

describe('nx affected', () => {
  it('of an edited environment is that environment', () => {
    appendFileSync(join(clone, 'environments/staging/environment.ts'), '// edited\n');
    expect(affected()).toEqual(['env-staging']);
  });

  it('of a promotion is the environment that takes over the release', () => {
    appendFileSync(join(clone, 'environments/prod/release.yaml'), '# edited\n');
    expect(affected()).toEqual(['env-prod']);
  });

  it('of an edited chart is the chart and the environments whose chart floats', () => {
    appendFileSync(join(clone, 'charts/task-api/templates/service.yaml'), '# edited\n');
    expect(affected()).toEqual(['chart-task-api', 'env-dev']);
  });

  it('of an edited stand-in is also what renders with it', () => {
    appendFileSync(join(clone, 'charts/mirror/redis/values.yaml'), '# edited\n');
    expect(affected()).toEqual(['chart-mirror-redis', 'chart-task-api', 'env-dev']);
  });

  it('of an edited tier is the values builder, all environments and the programs that build with it', () => {
    appendFileSync(join(clone, 'libs/values/src/tiers.ts'), '// edited\n');
    expect(affected()).toEqual(expect.arrayContaining(['env-dev', 'env-prod', 'env-staging', 'gitops', 'values']));
    expect(affected()).not.toEqual(expect.arrayContaining(['helm']));
    expect(affected()).not.toEqual(expect.arrayContaining(['chart-mirror-redis']));
  });

  it('of an edited README is nothing', () => {
    appendFileSync(join(clone, 'README.md'), 'edited\n');
    expect(affected()).toEqual([]);
  });

  it('of a new environment is the new environment', () => {
    cpSync(join(clone, 'environments/dev'), join(clone, 'environments/preview'), { recursive: true });
    expect(affected()).toEqual(['env-preview']);
  });
});

function affected(): readonly string[] {
  const nx = join(clone, 'node_modules/.bin/nx');
  const args = [nx, 'show', 'projects', '--affected', '--base=HEAD', '--json'];
  const output = execFileSync(process.execPath, args, { cwd: clone, encoding: 'utf8' });
  const projects: readonly string[] = JSON.parse(output);
  return projects.toSorted();
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: clone });
}
