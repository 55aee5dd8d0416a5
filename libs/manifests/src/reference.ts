import type { Path } from './json.ts';

/** One object naming another that has to exist in the same namespace. */
export interface Reference {
  /** What is referred to: `Secret`, `Role.rbac.authorization.k8s.io`. */
  readonly groupKind: string;
  readonly name: string;
  /** Where the name is written. */
  readonly path: Path;
  /** The entry of the ConfigMap or Secret that is read, and where its name is written. */
  readonly key?: { readonly name: string; readonly path: Path };
  /** Whether a pod cannot start until the object is there. */
  readonly blocksPod: boolean;
}
