export type ImageRole = 'pause' | 'postgresql' | 'redis' | 'agent' | 'toolbox';

/** Another build of the agent's image: files laid over the bundle, paths relative to /app (e.g. `sql/0015-add-x.sql`). */
export interface AgentVariant {
  readonly tag: string;
  readonly files: Readonly<Record<string, string>>;
  /** Changes of files of the bundle, for a build that behaves otherwise. */
  readonly edits?: readonly VariantEdit[];
}

/** Replaces a text that the program holds exactly once; anything else is an error, since the bundle has moved on. */
export interface VariantEdit {
  /** Path relative to /app of a file, or of a folder of whose modules one has to hold the text. */
  readonly path: string;
  readonly find: string;
  readonly replace: string;
}

export interface BuiltImage {
  readonly role: ImageRole;
  /** `docker.io/task-api/agent:0.1.0` */
  readonly reference: string;
  /** Digest of the manifest, as a registry would have it. */
  readonly digest: string;
  /** Size of its layers and its configuration; images share layers. */
  readonly bytes: number;
}

export interface ImageArchive {
  /** One tar: an OCI layout whose index names every image; `ctr -n k8s.io images import` takes it. */
  readonly path: string;
  /** The same, unpacked. */
  readonly layoutDirectory: string;
  /** SHA-256 of index.json: changes when any image does. */
  readonly digest: string;
  readonly images: readonly BuiltImage[];
}
