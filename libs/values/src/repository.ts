/** The git repository that Argo CD reads. */
export interface Repository {
  readonly url: string;
  readonly defaultBranch: string;
}

/** Names that the files below `argocd/` share. */
export const argocd = {
  namespace: 'argocd',
  /** The cluster that Argo CD itself runs in. */
  server: 'https://kubernetes.default.svc',
  project: 'task-api',
  root: 'task-api-root',
} as const;

/** Where the generated files of `argocd/` say that they come from. */
export const argocdSources = {
  environments: 'environments/*/environment.ts',
  repository: 'repository.url of package.json',
} as const;
