import { ClusterError } from '../cluster-error.ts';

/** The version of a module that a go.mod requires, as `v1.2.3`. */
export function requiredVersion(goMod: string, module: string): string {
  const required = goMod
    .split('\n')
    .map((line) => line.replace(/^\s*(?:require\s+)?/, '').split(/\s+/))
    .find(([name, version = '']) => name === module && version.startsWith('v'));
  if (required?.[1] !== undefined) return required[1];
  throw new ClusterError('build-failed', { what: module, path: 'go.mod', value: 'it is not required there' });
}
