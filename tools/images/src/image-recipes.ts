import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentBundle } from './agent-bundle.ts';
import { type References, withTag } from './chart-references.ts';
import type { DebianPackage, PackageSets } from './debian/debian-lock.ts';
import type { PackageStore } from './debian/package-store.ts';
import type { AgentVariant, ImageRole } from './image-archive.ts';
import { baseLayer } from './layers/base-layer.ts';
import { postgresqlLayer, redisLayer } from './layers/database-layers.ts';
import { directoryLayer } from './layers/directory-layer.ts';
import { type Layer, mergeLayers } from './layers/layer.ts';
import type { LayerRequest } from './layers/layer-cache.ts';
import { packageLayer } from './layers/package-layer.ts';
import { toolboxLayer } from './layers/toolbox-layer.ts';
import { variantLayer } from './layers/variant-layer.ts';
import { hashFile } from './oci/blob-store.ts';
import type { ContainerConfig } from './oci/image-config.ts';

export interface ImageRecipe {
  readonly role: ImageRole;
  readonly reference: string;
  readonly config: ContainerConfig;
  readonly layers: readonly LayerRequest[];
}

export interface Ingredients {
  readonly references: References;
  readonly packages: PackageSets;
  readonly store: PackageStore;
  readonly agent: AgentBundle;
  readonly agentVariants: readonly AgentVariant[];
}

/** What each image consists of and how it runs. */
export async function imageRecipes(given: Ingredients): Promise<readonly ImageRecipe[]> {
  const agent = await agentRecipe(given);
  return [
    pauseRecipe(given),
    await postgresqlRecipe(given),
    redisRecipe(given),
    agent,
    ...(await Promise.all(given.agentVariants.map((variant) => variantRecipe(agent, variant, given.agent)))),
    toolboxRecipe(given),
  ];
}

const systemPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const locale = 'LANG=C.UTF-8';
/** Group 0, so that what Bitnami's charts leave writable for it is. */
const databaseUser = '1001:0';

/** Runs beside the containers of a pod and holds its namespaces; it reaps processes and ends at SIGTERM. */
function pauseRecipe({ references, packages, store }: Ingredients): ImageRecipe {
  const config = { User: '65535:65535', Entrypoint: ['/usr/bin/catatonit', '-P'] };
  return { role: 'pause', reference: references.pause, config, layers: [ofPackages(packages.pause, store)] };
}

async function postgresqlRecipe({ references, packages, store }: Ingredients): Promise<ImageRecipe> {
  const entrypoint = await readFile(join(import.meta.dirname, 'rootfs/postgresql-entrypoint.sh'), 'utf8');
  const config: ContainerConfig = {
    User: databaseUser,
    Env: [systemPath.replace('PATH=', 'PATH=/opt/bitnami/postgresql/bin:'), locale],
    Entrypoint: ['/opt/bitnami/scripts/postgresql/entrypoint.sh'],
    ExposedPorts: { '5432/tcp': {} },
    // SIGTERM would wait for every client to leave.
    StopSignal: 'SIGINT',
  };
  const layer = ofPackages(packages.postgresql, store, (found) => postgresqlLayer(found, entrypoint));
  return { role: 'postgresql', reference: references.postgresql, config, layers: [base(packages, store), layer] };
}

function redisRecipe({ references, packages, store }: Ingredients): ImageRecipe {
  const config: ContainerConfig = {
    User: databaseUser,
    Env: [systemPath.replace('PATH=', 'PATH=/opt/bitnami/redis/bin:'), locale],
    Cmd: ['redis-server'],
    ExposedPorts: { '6379/tcp': {} },
    WorkingDir: '/data',
  };
  const layer = ofPackages(packages.redis, store, redisLayer);
  return { role: 'redis', reference: references.redis, config, layers: [base(packages, store), layer] };
}

async function agentRecipe({ references, packages, store, agent }: Ingredients): Promise<ImageRecipe> {
  const bundle = await directoryLayer(agent.folder, 'app');
  const layers = [base(packages, store), await ofNode(agent.node.path, packages, store), ofLayer(bundle)];
  const config = { ...agent.config, Env: [locale, ...(agent.config.Env ?? [])] };
  return { role: 'agent', reference: references.agent, config, layers };
}

async function variantRecipe(agent: ImageRecipe, variant: AgentVariant, bundle: AgentBundle): Promise<ImageRecipe> {
  const layer = ofLayer(await variantLayer(variant, bundle));
  return { ...agent, reference: withTag(agent.reference, variant.tag), layers: [...agent.layers, layer] };
}

function toolboxRecipe({ references, packages, store }: Ingredients): ImageRecipe {
  const config = { Env: [systemPath], Cmd: ['sh'] };
  const layers = [ofPackages(packages.toolbox, store, toolboxLayer)];
  return { role: 'toolbox', reference: references.toolbox, config, layers };
}

function base({ base: packages }: PackageSets, store: PackageStore): LayerRequest {
  return ofPackages(packages, store, baseLayer);
}

type Shape = (packages: Layer) => Layer | Promise<Layer>;

function ofPackages(
  packages: readonly DebianPackage[],
  store: PackageStore,
  shape: Shape = (layer) => layer,
): LayerRequest {
  return {
    inputs: [shape.name, ...packages.map(({ sha256 }) => sha256)],
    build: async () => shape(await packageLayer(packages, store)),
  };
}

async function ofNode(path: string, { node }: PackageSets, store: PackageStore): Promise<LayerRequest> {
  const libraries = ofPackages(node, store);
  return {
    inputs: ['node', await hashFile(path), ...libraries.inputs],
    build: async () =>
      mergeLayers(
        await libraries.build(),
        new Map([['usr/local/bin/node', { kind: 'file', mode: 0o755, content: await readFile(path) }]]),
      ),
  };
}

/** For layers of few files, which are read anyway to know what they are made from. */
function ofLayer(layer: Layer): LayerRequest {
  const hash = createHash('sha256');
  for (const [path, entry] of layer) hash.update(JSON.stringify([path, entry]));
  return { inputs: ['files', hash.digest('hex')], build: () => layer };
}
