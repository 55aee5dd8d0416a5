import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listProjects } from './list-projects.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'list-projects-'));
});

afterEach(() => rmSync(root, { recursive: true }));

describe('listProjects', () => {
  it('names every folder that is a project, and no other', async () => {
    write('charts/mirror/redis', 'Chart.yaml', 'name: redis\n');
    write('environments/qa', 'environment.ts', "export default {\n  chart: 'floating',\n};\n");
    write('libs/values', 'package.json', '{}');
    write('docs/decisions', 'package.json', '{}');
    expect(await listProjects(root)).toEqual(['chart-mirror-redis', 'env-qa', 'values']);
  });
});

function write(folder: string, file: string, text: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, file), text);
}
