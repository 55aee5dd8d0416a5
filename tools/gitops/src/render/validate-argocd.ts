import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, type KubernetesVersion, parseManifests, validateObjects } from '@task-api/manifests';

const folder = 'argocd';

/** Checks the Applications and the project that Argo CD itself gets. */
export function validateArgocd(root: string, kubernetesVersion: KubernetesVersion): readonly Finding[] {
  if (!existsSync(join(root, folder))) return [];
  const manifests = globSync(`${folder}/**/*.yaml`, { cwd: root })
    .sort()
    .map((path) => withSource(path, readFileSync(join(root, path), 'utf8')));
  return validateObjects(parseManifests(manifests.join('\n')), { kubernetesVersion, namespace: folder });
}

/** Findings name the file by the comment that Helm would have written. */
function withSource(path: string, text: string): string {
  return `---\n# Source: ${path}\n${text.replace(/^---\n/, '')}`;
}
