/** Who renders: Argo CD for its sync, or Helm for one of its operations. */
export const renderOperations = ['argocd', 'helm-install', 'helm-upgrade'] as const;

export type RenderOperation = (typeof renderOperations)[number];
