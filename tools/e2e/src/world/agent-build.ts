import { readdirSync } from 'node:fs';
import type { AgentVariant, VariantEdit } from '@task-api/images';
import { migrationsDirectory } from '@task-api/migrations';

export interface AgentBuild {
  readonly tag: string;
  /** The release that the build says it is. @default that of the repository */
  readonly appVersion?: string;
  /** Migrations beyond those of the repository, in order: name without number, such as `add-task-source`, and text. */
  readonly migrations?: readonly (readonly [name: string, sql: string])[];
  /** Texts of the program that occur once, and what stands there instead. */
  readonly edits?: readonly (readonly [find: string, replace: string])[];
}

const program = 'bin';

/** Number of the newest migration of the repository, which is that of the agent's image. */
export const headOfRepository = readdirSync(migrationsDirectory).filter((name) => /^\d{4}-/.test(name)).length;

/** A later build of the agent, made from the image of the repository. */
export function agentBuild({ tag, appVersion, migrations = [], edits = [] }: AgentBuild): AgentVariant {
  const ownEdits = appVersion === undefined ? edits : [...edits, versionEdit(appVersion)];
  return {
    tag,
    files: Object.fromEntries(migrations.map(([name, sql], index) => [pathOf(name, index), sql])),
    edits: ownEdits.map(toVariantEdit),
  };
}

function pathOf(name: string, index: number): string {
  return `sql/${String(headOfRepository + 1 + index).padStart(4, '0')}-${name}.sql`;
}

/** The version that stands there stays, under a name that nothing reads: so the edit outlives the next release. */
function versionEdit(appVersion: string): readonly [find: string, replace: string] {
  return ['var appVersion = "', `var appVersion = "${appVersion}", formerAppVersion = "`];
}

function toVariantEdit([find, replace]: readonly [find: string, replace: string]): VariantEdit {
  return { path: program, find, replace };
}
