import { globSync } from 'node:fs';
import { createNodes } from './create-nodes.ts';

/** The names of all projects, without starting Nx: what a commit may be about. */
export async function listProjects(root: string): Promise<readonly string[]> {
  const [pattern, create] = createNodes;
  const files = globSync(pattern, { cwd: root });
  const nodes = await create(files, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  const projects = nodes.flatMap(([, result]) => Object.values(result.projects ?? {}));
  return projects.flatMap(({ name }) => name ?? []).sort();
}
