import type { KubernetesObject } from './addons/kubernetes-object.ts';
import { clusterLayout } from './cluster-layout.ts';
import { runProgram, tryProgram } from './run-program.ts';

/** kubectl as the administrator of the cluster. */
export async function kubectl(program: string, args: readonly string[], input = ''): Promise<string> {
  return runProgram([program, '--kubeconfig', clusterLayout.kubeconfig, ...args], { input });
}

export async function applyObjects(program: string, objects: readonly KubernetesObject[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await kubectl(program, ['apply', '--server-side', '--force-conflicts', '--filename', '-'], list);
}

export async function isApiReady(program: string): Promise<boolean> {
  const args = ['--kubeconfig', clusterLayout.kubeconfig, '--request-timeout', '2s', 'get', '--raw', '/readyz'];
  return (await tryProgram([program, ...args])).exitCode === 0;
}
