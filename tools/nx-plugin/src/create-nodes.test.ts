import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createNodes } from './create-nodes.ts';

let workspaceRoot: string;

beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), 'nx-plugin-'));
});

afterEach(() => {
  rmSync(workspaceRoot, { recursive: true });
});

describe('createNodes', () => {
  it('makes a project of each folder that has a project file', async () => {
    write('environments/qa/environment.ts', "export default {\n  chart: 'pinned',\n};\n");
    write('argocd/root.yaml', 'kind: Application\n');
    write('libs/values/package.json', '{ "name": "@task-api/values" }');
    const projects = await infer('environments/qa/environment.ts', 'argocd/root.yaml', 'libs/values/package.json');
    expect(Object.keys(projects)).toEqual(['environments/qa', 'argocd', 'libs/values']);
    expect(projects['environments/qa']?.name).toBe('env-qa');
  });

  it('links a chart to its mirrors and to the contract that it holds', async () => {
    write('charts/task-api/Chart.yaml', 'name: task-api\ndependencies:\n  - name: redis\n  - name: unmirrored\n');
    write('charts/task-api/contract.gen.json', '{}');
    write('charts/mirror/redis/Chart.yaml', 'name: redis\n');
    const projects = await infer('charts/task-api/Chart.yaml', 'charts/mirror/redis/Chart.yaml');
    expect(projects['charts/task-api']?.implicitDependencies).toEqual([
      'chart-tasks',
      'chart-mirror-redis',
      'contract',
    ]);
    expect(projects['charts/mirror/redis']?.implicitDependencies).toEqual(['chart-tasks']);
  });

  it('builds a package that has a script for it', async () => {
    for (const root of ['apps/agent', 'tools/gitops']) write(`${root}/package.json`, '{}');
    write('apps/agent/scripts/build-bundle.ts', '');
    const projects = await infer('apps/agent/package.json', 'tools/gitops/package.json');
    expect(projects['apps/agent']?.targets).toHaveProperty('build');
    expect(projects['tools/gitops']?.targets).not.toHaveProperty('build');
  });

  it('names the file that cannot be a project', async () => {
    write('environments/qa/environment.ts', 'export default {};\n');
    await expect(infer('environments/qa/environment.ts')).rejects.toThrow(
      'environments/qa/environment.ts does not say which chart',
    );
  });
});

async function infer(...files: readonly string[]) {
  const [, create] = createNodes;
  const nodes = await create(files, undefined, { workspaceRoot, nxJsonConfiguration: {} });
  return Object.fromEntries(nodes.flatMap(([, { projects = {} }]) => Object.entries(projects)));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
  writeFileSync(join(workspaceRoot, file), text);
}
