import type { KubernetesVersion } from '@task-api/manifests';

/** What is rendered and validated for unless another version is asked for: the newest that is supported. */
export const defaultKubernetesVersion = '1.35' satisfies KubernetesVersion;
