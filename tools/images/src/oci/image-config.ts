/** How a container of an image runs, in the words of the OCI image specification. */
export interface ContainerConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
}

/** The configuration of an image: how it runs, and the layers that it consists of. Layers are not compressed, so their digests are their diff ids. */
export function imageConfig(config: ContainerConfig, layers: readonly string[]): string {
  return JSON.stringify({
    created: '1970-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers },
  });
}
