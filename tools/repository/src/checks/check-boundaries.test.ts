import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkBoundaries } from './check-boundaries.ts';

const packages = {
  'package.json': JSON.stringify({ devDependencies: { '@jest/globals': '30.5.2' } }),
  'apps/agent/package.json': manifest('agent', []),
  'libs/helm/package.json': manifest('helm', ['yaml']),
  'libs/values/package.json': manifest('values', ['yaml', '@task-api/helm']),
  'libs/migrations/package.json': manifest('migrations', ['@task-api/helm', '@task-api/gitops', '@task-api/agent']),
  'tools/gitops/package.json': manifest('gitops', ['@task-api/values']),
};

const complain = (file: string, code: string) => complaintsOf(checkBoundaries, { ...packages, [file]: code });

describe('boundaries', () => {
  it('let tools import libs, and files their neighbours', async () => {
    expect(
      await complain('tools/gitops/src/a.ts', "import { tiers } from '@task-api/values';\nimport './b.ts';"),
    ).toEqual([]);
  });

  it('keep libs from importing tools', async () => {
    expect(await complain('libs/migrations/src/a.ts', "import '@task-api/gitops';")).toEqual([
      'libs/migrations/src/a.ts:1 imports @task-api/gitops; libs may import libs only (tests may start @task-api/local-stack)',
    ]);
  });

  it('keep everyone from importing an app', async () => {
    expect(await complain('libs/migrations/src/a.ts', "\nimport type { App } from '@task-api/agent';")).toEqual([
      'libs/migrations/src/a.ts:2 imports @task-api/agent; move what is shared into a package below libs',
    ]);
  });

  it('keep the core libraries alone, except for Helm in their tests', async () => {
    const code = "import { findHelm } from '@task-api/helm';";
    expect(await complain('libs/values/src/a.ts', code)).toEqual([
      'libs/values/src/a.ts:1 imports @task-api/helm; libs/values depends on no other package (its tests may use @task-api/helm)',
    ]);
    expect(await complain('libs/values/src/a.test.ts', code)).toEqual([]);
  });

  it('want a package to list what it imports; the tools of tests are listed at the top', async () => {
    expect(
      await complain('libs/helm/src/a.ts', "import pLimit from 'p-limit';\nimport 'node:fs';\nimport 'yaml/util';"),
    ).toEqual([
      'libs/helm/src/a.ts:1 imports p-limit, which libs/helm/package.json does not list; add it to dependencies',
    ]);
    expect(await complain('libs/helm/src/a.test.ts', "import { it } from '@jest/globals';")).toEqual([]);
  });

  it('let build scripts and tests use the tools of the root', async () => {
    const root = { 'package.json': JSON.stringify({ devDependencies: { esbuild: '0.28.2' } }) };
    const code = "import { build } from 'esbuild';";
    expect(await complaintsOf(checkBoundaries, { ...packages, ...root, 'apps/agent/scripts/build.ts': code })).toEqual(
      [],
    );
    expect(await complaintsOf(checkBoundaries, { ...packages, ...root, 'apps/agent/src/build.ts': code })).toHaveLength(
      1,
    );
  });

  it('refuse a relative path into another package', async () => {
    expect(await complain('tools/gitops/src/a.ts', "import '../../../libs/values/src/tiers.ts';")).toEqual([
      'tools/gitops/src/a.ts:1 reaches into libs/values/src/tiers.ts; import the package by its name instead',
    ]);
  });

  it('keep an environment to data', async () => {
    const file = 'environments/dev/environment.ts';
    expect(await complain(file, "import { defineEnvironment } from '@task-api/values';")).toEqual([]);
    expect(await complain(file, "import { readFileSync } from 'node:fs';")).toEqual([
      'environments/dev/environment.ts:1 imports node:fs; an environment is data and may import @task-api/values alone',
    ]);
  });

  it('see files that import each other', async () => {
    const files = { ...packages, 'libs/helm/src/a.ts': "import './b.ts';", 'libs/helm/src/b.ts': "import './a.ts';" };
    expect(await complaintsOf(checkBoundaries, files)).toEqual([
      expect.stringContaining('files import each other: libs/helm/src/a.ts → libs/helm/src/b.ts → libs/helm/src/a.ts'),
    ]);
  });

  it('see packages that import each other', async () => {
    const files = {
      ...packages,
      'libs/helm/package.json': manifest('helm', ['@task-api/migrations']),
      'libs/helm/src/a.ts': "import '@task-api/migrations';",
      'libs/migrations/src/a.ts': "import '@task-api/helm';",
    };
    expect(await complaintsOf(checkBoundaries, files)).toEqual([
      expect.stringContaining('packages import each other: libs/helm → libs/migrations → libs/helm'),
    ]);
  });
});

function manifest(name: string, dependencies: readonly string[]): string {
  return JSON.stringify({
    name: `@task-api/${name}`,
    dependencies: Object.fromEntries(dependencies.map((key) => [key, '*'])),
  });
}
