import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Migration, parseMigration } from '../src/index.ts';

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

/** A repository in which each environment pins a commit of its own. */
export interface ReleasedRepository {
  readonly root: string;
  /** Puts these migrations into the work tree, uncommitted. */
  write(files: readonly SqlFile[]): readonly Migration[];
  remove(): void;
}

const header = (more = '') =>
  `-- phase: ${more === '' ? 'expand' : `contract\n-- min-app-version: ${more}`}\n-- why: a test\n\n`;

/** Migrations of a table of things, whose release reads their title. */
export const thing = {
  create: {
    name: '0001-create-things.sql',
    text: `${header()}create table things (id bigint primary key, title text not null);\n`,
  },
  addNote: { name: '0002-add-note.sql', text: `${header()}alter table things add column note text;\n` },
  addColour: { name: '0003-add-colour.sql', text: `${header()}alter table things add column colour text;\n` },
  renameTitle: {
    name: '0002-rename-title.sql',
    text: `${header()}alter table things rename column title to name;\n`,
  },
  dropTitle: (minAppVersion: string): SqlFile => ({
    name: '0002-drop-title.sql',
    text: `${header(minAppVersion)}alter table things drop column title;\n`,
  }),
} as const;

const catalogue = {
  requiredSchema: 1,
  statements: [
    { name: 'find-thing', text: 'select id, title from things where id = $1' },
    { name: 'count-things', text: 'select count(*) from things' },
  ],
};

/** Commits a release for each environment, with the given migrations, and then what they pin. */
export function createReleasedRepository(
  environments: Readonly<Record<string, readonly SqlFile[]>>,
): ReleasedRepository {
  const root = mkdtempSync(join(tmpdir(), 'task-api-releases-'));
  git(root, 'init', '--quiet', '--initial-branch=main');
  writeFiles(root, {
    'package.json': '{ "version": "1.0.0" }',
    'apps/agent/sql-catalogue.gen.json': JSON.stringify(catalogue),
  });
  const write = (files: readonly SqlFile[]) => writeMigrations(root, files);
  for (const [environment, files] of Object.entries(environments)) {
    write(files);
    writeFiles(root, { [`environments/${environment}/release.yaml`]: releaseYaml(commit(root)) });
  }
  return { root, write, remove: () => rmSync(root, { recursive: true }) };
}

function writeMigrations(root: string, files: readonly SqlFile[]): readonly Migration[] {
  rmSync(join(root, 'libs/migrations/sql'), { recursive: true, force: true });
  writeFiles(root, Object.fromEntries(files.map(({ name, text }) => [`libs/migrations/sql/${name}`, text])));
  return files.map(({ name, text }) => parseMigration(name, text));
}

function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function releaseYaml(revision: string): string {
  return `chart: { revision: ${revision} }\ncommits: []\n`;
}

/** Environments with the same migrations run the same commit. */
function commit(root: string): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  git(root, 'add', '--all', 'package.json', 'apps', 'libs');
  if (git(root, 'status', '--porcelain', '--untracked-files=no') !== '')
    git(root, ...identity, 'commit', '--quiet', '--message', 'release');
  return git(root, 'rev-parse', 'HEAD');
}

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
}
