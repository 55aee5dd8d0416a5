import type { Blob, BlobStore } from './blob-store.ts';
import { type ContainerConfig, imageConfig } from './image-config.ts';

const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

export interface StoredImage {
  readonly reference: string;
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

export interface ImageContents {
  readonly reference: string;
  readonly config: ContainerConfig;
  readonly layers: readonly Blob[];
}

/** Stores the configuration and the manifest of an image whose layers are stored. */
export async function writeImage(blobs: BlobStore, { reference, config, layers }: ImageContents): Promise<StoredImage> {
  const configBlob = await blobs.put(
    imageConfig(
      config,
      layers.map(({ digest }) => digest),
    ),
  );
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: descriptor('config', configBlob),
    layers: layers.map((layer) => descriptor('layer', layer)),
  };
  return { reference, config: configBlob, layers, manifest: await blobs.put(JSON.stringify(manifest)) };
}

/** The index of a layout, which gives every image the names that containerd and Docker import it under. */
export function imageIndex(images: readonly StoredImage[]): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: images.map(({ reference, manifest }) => ({
      ...descriptor('manifest', manifest),
      platform: { architecture: 'amd64', os: 'linux' },
      annotations: {
        'io.containerd.image.name': reference,
        'org.opencontainers.image.ref.name': reference.replace(/^.*:/, ''),
      },
    })),
  });
}

/** What Docker before 25 and podman read instead of the index. */
export function dockerManifest(images: readonly StoredImage[]): string {
  return JSON.stringify(
    images.map(({ reference, config, layers }) => ({
      Config: blobPath(config.digest),
      RepoTags: [reference],
      Layers: layers.map(({ digest }) => blobPath(digest)),
    })),
  );
}

/** Where a layout keeps a blob. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function descriptor(kind: keyof typeof mediaTypes, { digest, size }: Blob) {
  return { mediaType: mediaTypes[kind], digest, size };
}
