import { posix } from 'node:path';
import { type Edges, findCycle } from '../boundaries/find-cycle.ts';
import { readImports } from '../boundaries/read-imports.ts';
import { type ImportSite, judgeImport } from '../boundaries/rules.ts';
import { packageNameOf, packageOf, readPackages } from '../boundaries/workspace-packages.ts';
import type { Check, Finding } from '../finding.ts';
import type { RepositoryFiles } from '../repository-files.ts';
import { isSource, isTest } from '../source-kind.ts';

export const checkBoundaries: Check = {
  name: 'boundaries',
  description: 'Which package may import which: apps and tools from libs, never sideways out of a package, no cycles.',
  run(repository) {
    const sites = listImports(repository);
    return { findings: [...sites.flatMap(judge), ...packageCycles(sites), ...fileCycles(sites)] };
  },
};

function listImports(repository: RepositoryFiles): readonly ImportSite[] {
  const packages = readPackages(repository);
  const byName = new Map(packages.map((candidate) => [candidate.name, candidate]));
  const rootDependencies = readRootDependencies(repository);
  return repository.paths.filter(isSource).flatMap((file) =>
    readImports(repository.read(file)).map((found) => ({
      ...found,
      file,
      from: packageOf(file, packages),
      to: byName.get(packageNameOf(found.specifier)),
      rootDependencies,
    })),
  );
}

function readRootDependencies({ read }: RepositoryFiles): readonly string[] {
  const manifest: { readonly devDependencies?: object } = JSON.parse(read('package.json'));
  return Object.keys(manifest.devDependencies ?? {});
}

function judge(site: ImportSite): readonly Finding[] {
  const complaint = judgeImport(site);
  return complaint === undefined ? [] : [{ file: site.file, line: site.line, message: complaint }];
}

/** Tests may look at packages above them; the code itself may not go in circles. */
function packageCycles(sites: readonly ImportSite[]): readonly Finding[] {
  const edges = collectEdges(
    sites.flatMap(({ file, from, to }) =>
      from && to && from !== to && !isTest(file) ? [[from.folder, to.folder]] : [],
    ),
  );
  return describeCycle(findCycle(edges), 'packages import each other');
}

function fileCycles(sites: readonly ImportSite[]): readonly Finding[] {
  const relative = sites.filter(({ specifier, file }) => specifier.startsWith('.') && !isTest(file));
  const edges = collectEdges(relative.map(({ file, specifier }) => [file, posix.join(posix.dirname(file), specifier)]));
  return describeCycle(findCycle(edges), 'files import each other');
}

function collectEdges(pairs: readonly (readonly string[])[]): Edges {
  const edges = new Map<string, Set<string>>();
  for (const [from = '', to = ''] of pairs) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  return edges;
}

function describeCycle(cycle: readonly string[] | undefined, what: string): readonly Finding[] {
  if (cycle === undefined) return [];
  return [{ file: cycle[0] ?? '', message: `${what}: ${cycle.join(' → ')}; move what both need into a third` }];
}
