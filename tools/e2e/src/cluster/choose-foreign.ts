import { existsSync } from 'node:fs';
import { clusterLayout } from '@task-api/cluster';
import { E2eError } from '../e2e-error.ts';
import type { ForeignRequest } from './foreign-cluster.ts';

export interface ClusterChoice {
  /** As in the environment. */
  readonly kubeconfig: string | undefined;
  /** Shell command that brings an image archive into that cluster. */
  readonly load: string | undefined;
}

/**
 * The cluster of somebody else to run on; undefined for the one of this repository, also where the variable is left
 * from its `up`. A cluster is somebody else's on purpose only: one that happens to be in the environment is refused.
 *
 * @throws {E2eError} `load-missing`, `load-alone` or `kubeconfig-missing`
 */
export function chooseForeign({ kubeconfig, load }: ClusterChoice): ForeignRequest | undefined {
  const isOurs = kubeconfig === undefined || kubeconfig === '' || kubeconfig === clusterLayout.kubeconfig;
  if (isOurs && load === undefined) return undefined;
  if (isOurs) throw new E2eError('load-alone', { value: load ?? '' });
  if (!existsSync(kubeconfig)) throw new E2eError('kubeconfig-missing', { path: kubeconfig });
  if (load === undefined) throw new E2eError('load-missing', { path: kubeconfig });
  return { kubeconfig, load };
}
