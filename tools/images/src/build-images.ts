import { join } from 'node:path';
import { buildAgentBundle } from './agent-bundle.ts';
import { assertVariants } from './agent-variants.ts';
import { readReferences } from './chart-references.ts';
import { openPackageStore } from './debian/package-store.ts';
import { type LockUse, providePackages } from './debian/provide-packages.ts';
import type { AgentVariant, BuiltImage, ImageArchive } from './image-archive.ts';
import { type ImageRecipe, imageRecipes } from './image-recipes.ts';
import { imagesCache } from './images-cache.ts';
import { ImagesError } from './images-error.ts';
import { type LayerCache, openLayerCache } from './layers/layer-cache.ts';
import { type Blob, type BlobStore, openBlobStore } from './oci/blob-store.ts';
import { writeArchive } from './oci/write-archive.ts';
import { type StoredImage, writeImage } from './oci/write-image.ts';
import { pruneCache } from './prune-cache.ts';
import { requireProgram } from './run-program.ts';
import { sourceDigest } from './source-digest.ts';

export interface BuildOptions {
  /** Further images of the agent, each with files of its own, for tests of upgrades. */
  readonly agentVariants?: readonly AgentVariant[];
  /** @default 'prefer', what debian.lock.json names or what Debian has in its place */
  readonly lockUse?: LockUse;
  readonly onProgress?: (line: string) => void;
}

/**
 * Builds the images that a release needs, under the names that the chart's defaults ask for, as one archive.
 * What has been built before comes from the cache.
 *
 * @throws {ImagesError} when a program, a package or the network is missing
 */
export async function buildImages(options: BuildOptions = {}): Promise<ImageArchive> {
  assertPlatform();
  const cache = imagesCache();
  const recipes = await collectRecipes(cache, options);
  const blobs = await openBlobStore(join(cache, 'blobs'));
  const images = await buildRecipes(recipes, { blobs, onProgress: options.onProgress ?? ignore });
  const archive = await writeArchive({ folder: join(cache, 'archives'), blobs, images });
  await pruneCache(cache);
  return { ...archive, images: images.map(describeImage) };
}

const root = join(import.meta.dirname, '../../..');

/** Folders of this package whose code decides what a layer holds. */
const layerCode = ['debian', 'layers', 'rootfs'];

type Built = StoredImage & Pick<ImageRecipe, 'role'>;

function ignore(): void {
  // Nobody asked for the progress.
}

function assertPlatform(): void {
  const value = `${process.platform}-${process.arch}`;
  if (value !== 'linux-x64') throw new ImagesError('platform', { value });
}

async function collectRecipes(cache: string, options: BuildOptions): Promise<readonly ImageRecipe[]> {
  const { agentVariants = [], lockUse = 'prefer', onProgress = ignore } = options;
  await requireProgram('dpkg-deb');
  const references = await readReferences(join(root, 'charts/task-api'));
  assertVariants(agentVariants, references.agent);
  const store = await openPackageStore(join(cache, 'debs'));
  const packages = await providePackages({ store, scratch: join(cache, 'apt'), lockUse, onProgress });
  onProgress('building the agent');
  return imageRecipes({ references, packages, store, agentVariants, agent: await buildAgentBundle(root) });
}

interface BuildTools {
  readonly blobs: BlobStore;
  readonly onProgress: (line: string) => void;
}

async function buildRecipes(recipes: readonly ImageRecipe[], tools: BuildTools): Promise<readonly Built[]> {
  const folder = join(imagesCache(), 'layers');
  const cache = await openLayerCache({ folder, blobs: tools.blobs, code: await sourceDigest(layerCode) });
  const built: Built[] = [];
  for (const recipe of recipes) built.push(await buildRecipe(recipe, cache, tools));
  return built;
}

async function buildRecipe(recipe: ImageRecipe, cache: LayerCache, { blobs, onProgress }: BuildTools): Promise<Built> {
  onProgress(`building ${recipe.reference}`);
  const layers: Blob[] = [];
  for (const layer of recipe.layers) layers.push(await cache(layer));
  return { role: recipe.role, ...(await writeImage(blobs, { ...recipe, layers })) };
}

function describeImage({ role, reference, manifest, config, layers }: Built): BuiltImage {
  const bytes = layers.reduce((sum, { size }) => sum + size, config.size);
  return { role, reference, digest: manifest.digest, bytes };
}
