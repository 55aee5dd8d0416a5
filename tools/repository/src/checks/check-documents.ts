import { type CommandLine, judgeCommand } from '../documents/judge-command.ts';
import { judgeLink } from '../documents/judge-link.ts';
import { buildTree, judgePath, type Tree } from '../documents/judge-path.ts';
import { type Claim, readClaims } from '../documents/read-claims.ts';
import type { Check, Finding } from '../finding.ts';
import type { RepositoryFiles } from '../repository-files.ts';

/** Every path, link and command that a document names exists. */
export function checkDocuments(commandLine: Pick<CommandLine, 'gitops' | 'projects'>): Check {
  return {
    name: 'documents',
    description: 'Paths, links, npm scripts and gitops commands that Markdown files name exist.',
    run(repository) {
      const surroundings = {
        repository,
        tree: buildTree(repository.paths),
        commands: { ...commandLine, scripts: readScripts(repository) },
      };
      const documents = repository.paths.filter((path) => path.endsWith('.md'));
      return { findings: documents.flatMap((document) => judgeDocument(document, surroundings)) };
    },
  };
}

interface Surroundings {
  readonly repository: RepositoryFiles;
  readonly tree: Tree;
  readonly commands: CommandLine;
}

function judgeDocument(document: string, surroundings: Surroundings): readonly Finding[] {
  const claims = readClaims(surroundings.repository.read(document));
  const created = foldersToCreate(claims);
  return claims.flatMap((claim) => {
    if (created.some((folder) => claim.text.startsWith(folder))) return [];
    const complaint = judgeClaim(claim, document, surroundings);
    return complaint === undefined ? [] : [{ file: document, line: claim.line, message: complaint }];
  });
}

/** Folders that the reader is told to create: what lies below them need not exist. */
function foldersToCreate(claims: readonly Claim[]): readonly string[] {
  return claims.flatMap(({ kind, text }) => (kind === 'command' ? (/^mkdir (?:-p )?(\S+)/.exec(text)?.[1] ?? []) : []));
}

function judgeClaim(
  { kind, text }: Claim,
  document: string,
  { repository, tree, commands }: Surroundings,
): string | undefined {
  if (kind === 'link') return judgeLink(text, document, { read: repository.read, tree });
  return kind === 'path' ? judgePath(text, document, tree) : judgeCommand(text, { ...commands, tree });
}

function readScripts({ read }: RepositoryFiles): readonly string[] {
  const manifest: { readonly scripts?: object } = JSON.parse(read('package.json'));
  return Object.keys(manifest.scripts ?? {});
}
