import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf, type RenderedObject } from '@task-api/manifests';
import { applyChanges } from './apply-changes.ts';
import { type FileChange, planChanges, planRemovals } from './plan-changes.ts';

const banner = '# Rendered by npx gitops template. Do not edit.\n';

/** Writes one file per object and removes what an earlier rendering left there; returns what changed. */
export function writeManifests(objects: readonly RenderedObject[], directory: string): readonly FileChange[] {
  const files = objects.map(({ object, source }) => ({
    path: fileName(object),
    text: `${banner}# Source: ${source.template}\n${source.text.trim()}\n`,
  }));
  const wanted = new Set(files.map(({ path }) => path));
  const stale = earlierFiles(directory).filter((name) => !wanted.has(name));
  const changes = [...planChanges(files, directory), ...planRemovals(stale, directory)];
  applyChanges(changes, directory);
  return changes;
}

/** `deployment-task-api.yaml`; kinds of two groups with the same name do not occur in one chart. */
function fileName(object: RenderedObject['object']): string {
  return `${object.kind.toLowerCase()}-${nameOf(object)}.yaml`;
}

function earlierFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).filter(
    (name) => name.endsWith('.yaml') && readFileSync(join(directory, name), 'utf8').startsWith(banner),
  );
}
