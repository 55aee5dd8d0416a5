import type { Tree } from './judge-path.ts';

/** The commands a document may name. */
export interface CommandLine {
  /** The scripts of package.json. */
  readonly scripts: readonly string[];
  /** The commands of `gitops`, with the options that each knows. */
  readonly gitops: ReadonlyMap<string, readonly string[]>;
  /** The names of the Nx projects. */
  readonly projects: readonly string[];
}

interface Known extends CommandLine {
  readonly tree: Tree;
}

type Judge = (command: string, known: Known) => string | undefined;

/** Says what is wrong with a command; undefined when it exists, or when it is none of this repository. */
export function judgeCommand(command: string, known: Known): string | undefined {
  const plain = command.replace(/^(\w+=\S*\s+)+/, '');
  return judges.map((judge) => judge(plain, known)).find((complaint) => complaint !== undefined);
}

const npmScript: Judge = (command, { scripts }) => {
  const name = /^npm (?:run(?:-script)? )?(?:-\S+ )*(?<name>start|test|(?<=run.* )[\w:-]+)/.exec(command)?.groups?.name;
  if (name === undefined || scripts.includes(name)) return undefined;
  return `names the npm script "${name}", which package.json does not have`;
};

const gitopsCommand: Judge = (command, { gitops }) => {
  const words = /^(?:npx |npm run (?:-s )?)gitops (?:-- )?(?<rest>.*)$/.exec(command)?.groups?.rest?.split(/\s+/);
  const name = words?.find((word) => !word.startsWith('-'));
  if (words === undefined || name === undefined || /^[<[…]/.test(name)) return undefined;
  const options = gitops.get(name);
  if (options === undefined) return `names "gitops ${name}", which is no command (${[...gitops.keys()].join(', ')})`;
  const unknown = words.find((word) => word.startsWith('--') && !options.includes(word.split('=')[0] ?? ''));
  return unknown && unknown !== '--' ? `names "gitops ${name} ${unknown}", which is no option of it` : undefined;
};

const nxProject: Judge = (command, { projects }) => {
  const name = /^(?:npx )?nx (?:run|show project) (?<name>[\w-]+)/.exec(command)?.groups?.name;
  return name === undefined || projects.includes(name)
    ? undefined
    : `names the project "${name}", which Nx does not know`;
};

const program: Judge = (command, { tree }) => {
  const path = /^(?:node|bash|sh) (?<path>[\w.][\w./-]*\/[\w./-]+)/.exec(command)?.groups?.path;
  return path === undefined || tree.has(path) ? undefined : `runs ${path}, which does not exist`;
};

const judges: readonly Judge[] = [npmScript, gitopsCommand, nxProject, program];
