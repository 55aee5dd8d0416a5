import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ImageRole } from './image-archive.ts';
import { ImagesError } from './images-error.ts';

export type References = Readonly<Record<ImageRole, string>>;

/** The version that Kubernetes 1.34 is built for; nothing pulls it, since it is loaded under this name. */
const pauseReference = 'registry.k8s.io/pause:3.10';

/** The names under which a release with the chart's defaults looks for its images, and those of the two that a cluster needs beside. */
export async function readReferences(chart: string): Promise<References> {
  const [values, metadata] = await Promise.all(
    ['values.yaml', 'Chart.yaml'].map(async (name) => parse(await readFile(join(chart, name), 'utf8'))),
  );
  return chartReferences({ values, metadata, path: chart });
}

export interface ChartDocuments {
  readonly values: ChartValues;
  readonly metadata: { readonly appVersion?: string };
  readonly path: string;
}

interface ImageValues {
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
}

interface ChartValues {
  readonly image?: ImageValues;
  readonly postgresql?: { readonly image?: ImageValues };
  readonly redis?: { readonly image?: ImageValues };
}

export function chartReferences({ values, metadata, path }: ChartDocuments): References {
  const version = required(metadata.appVersion, 'appVersion', path);
  const name = (image: ImageValues | undefined, key: string) =>
    reference({
      registry: image?.registry ?? '',
      repository: required(image?.repository, `${key}.repository`, path),
      tag: required(image?.tag || (key === 'image' ? version : ''), `${key}.tag`, path),
    });
  const agent = name(values.image, 'image');
  return {
    pause: pauseReference,
    postgresql: name(values.postgresql?.image, 'postgresql.image'),
    redis: name(values.redis?.image, 'redis.image'),
    agent,
    toolbox: siblingOf(agent, 'toolbox'),
  };
}

/** The same repository path and tag, with another last part of the path. */
function siblingOf(agent: string, name: string): string {
  return agent.replace(/[^/:]+(:[^/:]+)$/, `${name}$1`);
}

/** The same repository with another tag. */
export function withTag(agent: string, tag: string): string {
  return agent.replace(/[^:/]+$/, tag);
}

/** Container runtimes take a name without a registry for one of docker.io. */
function reference({ registry, repository, tag }: Required<ImageValues>): string {
  return `${registry || 'docker.io'}/${repository}:${tag}`;
}

function required(value: string | undefined, key: string, path: string): string {
  if (value) return value;
  throw new ImagesError('chart-malformed', { path, value: key });
}
