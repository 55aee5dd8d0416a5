import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import type { GeneratedFile } from './source-text.ts';

/** The git repository that Argo CD reads. */
export interface Repository {
  readonly url: string;
  readonly defaultBranch: string;
}

/** `argocd/applications/<name>.yaml`: the chart at its revision, with the overlay as its values. */
export function buildApplication(
  _environment: Environment,
  _chart: ChartDefaults,
  _repository: Repository,
): GeneratedFile {
  throw new Error('not yet');
}

/** `argocd/root.yaml`: the one Application that is applied by hand and brings the others. */
export function buildRootApplication(_repository: Repository): GeneratedFile {
  throw new Error('not yet');
}

/** `argocd/project.yaml`: what the environments' Applications may touch. */
export function buildProject(_environments: readonly Environment[], _repository: Repository): GeneratedFile {
  throw new Error('not yet');
}
