import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkDocuments } from './check-documents.ts';

const check = checkDocuments({ gitops: new Map([['generate', ['--help', '--json']]]), projects: ['values'] });
const files = {
  'package.json': JSON.stringify({ scripts: { start: '', test: '', generate: '' } }),
  'docs/decisions/0001-hook.md': '# The hook\n\n## Why a Job?\n',
  'charts/task-api/values.yaml': '',
  'charts/task-api/templates/deployment.yaml': '',
  'environments/dev/values.yaml': '',
  'tools/bootstrap/src/run.mjs': '',
};

const complain = (markdown: string, document = 'README.md') => complaintsOf(check, { ...files, [document]: markdown });

describe('documents', () => {
  it('may name what exists', async () => {
    const markdown = [
      '[Why](docs/decisions/0001-hook.md#why-a-job), [above](#layout), [outside](https://example.com)',
      '# Layout',
      'Edit `charts/task-api/values.yaml`, `environments/<name>/values.yaml` or `charts/*/templates/`; run `npm test`.',
      '```sh',
      '$ npm start && npm run generate -- dev   # writes',
      'npx gitops generate dev --json',
      'node tools/bootstrap/src/run.mjs',
      '```',
    ];
    expect(await complain(markdown.join('\n'))).toEqual([]);
  });

  it('may not link to a file or a heading that is not there', async () => {
    expect(await complain('[a](docs/none.md)\n[b](docs/decisions/0001-hook.md#none)')).toEqual([
      'README.md:1 links to docs/none.md, which does not exist',
      'README.md:2 links to docs/decisions/0001-hook.md#none, but docs/decisions/0001-hook.md has no such heading',
    ]);
  });

  it('may not name a path that is not there', async () => {
    expect(await complain('See `charts/task-api/value.yaml` and `environments/<name>/none.yaml`.')).toEqual([
      'README.md:1 names charts/task-api/value.yaml, which does not exist',
      'README.md:1 names environments/<name>/none.yaml, which does not exist',
    ]);
  });

  it('may name a path as seen from their own folder', async () => {
    expect(await complain('`templates/deployment.yaml`', 'charts/task-api/README.md')).toEqual([]);
    expect(await complain('`templates/none.yaml`', 'charts/task-api/README.md')).toHaveLength(1);
  });

  it('may name files below a folder that the reader is told to create', async () => {
    expect(await complain('```sh\nmkdir environments/qa\n```\n`environments/qa/environment.ts`')).toEqual([]);
    expect(await complain('`environments/qa/environment.ts`')).toHaveLength(1);
  });

  it('leave alone what only looks like a path', async () => {
    expect(await complain('`apps/v1`, `text/plain`, `task-api/agent`, `a b/c`, `/healthz`')).toEqual([]);
  });

  it('may not name a script, a command or an option that is not there', async () => {
    expect(
      await complain(
        '`npm run genrate`\n```\nnpx gitops explode dev\nnpx gitops generate --yaml\nnode tools/none.ts\n```',
      ),
    ).toEqual([
      'README.md:1 names the npm script "genrate", which package.json does not have',
      'README.md:3 names "gitops explode", which is no command (generate)',
      'README.md:4 names "gitops generate --yaml", which is no option of it',
      'README.md:5 runs tools/none.ts, which does not exist',
    ]);
  });

  it('may not name a project that is not there', async () => {
    expect(await complain('`npx nx run values:test`, `npx nx show project value`')).toEqual([
      'README.md:1 names the project "value", which Nx does not know',
    ]);
  });

  it('are not read where they show code', async () => {
    expect(await complain('```ts\n[a](none.md) `charts/none`\n```')).toEqual([]);
  });
});
