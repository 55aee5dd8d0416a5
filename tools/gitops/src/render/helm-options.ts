import type { LaneRequest } from '@task-api/helm';
import type { CommandIo } from '../command-io.ts';
import { defaultKubernetesVersion } from './default-kubernetes-version.ts';
import type { RendererRequest } from './renderer.ts';

/** The options of every command that runs Helm, as the command line gives them. */
export interface HelmOptions {
  readonly helm?: '3' | '4';
  readonly lane?: LaneRequest;
  readonly kubernetesVersion?: string;
}

export function rendererRequest(
  { helm, lane, kubernetesVersion = defaultKubernetesVersion }: HelmOptions,
  io: CommandIo,
): RendererRequest {
  return { root: io.root, env: io.env, helmMajor: helm && majors[helm], lane, kubernetesVersion };
}

const majors = { '3': 3, '4': 4 } as const;
