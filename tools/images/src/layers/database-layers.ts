import { directory, type Layer, type LayerEntry, mergeLayers, symlink, textFile } from './layer.ts';

/** Group 0 may write there, for a container whose chart mounts no volume at that place. */
const writable = directory(0o775);

/** PostgreSQL with the entrypoint that the Bitnami charts count on, and its programs where Bitnami has them. */
export function postgresqlLayer(packages: Layer, entrypoint: string): Layer {
  return mergeLayers(
    withoutFolder(packages, 'var'),
    new Map<string, LayerEntry>([
      ['bitnami', writable],
      ['bitnami/postgresql', writable],
      ['docker-entrypoint-initdb.d', directory()],
      ['opt/bitnami/postgresql/bin', symlink('/usr/lib/postgresql/15/bin')],
      ['opt/bitnami/postgresql/tmp', writable],
      ['opt/bitnami/scripts/postgresql/entrypoint.sh', textFile(entrypoint, 0o755)],
      // Clients of Debian look for the socket here, charts of Bitnami in /tmp.
      ['var/run/postgresql', symlink('/tmp')],
    ]),
  );
}

/** Redis; its charts bring their own start scripts. */
export function redisLayer(packages: Layer): Layer {
  return mergeLayers(
    withoutFolder(withoutFolder(packages, 'var'), 'etc/redis'),
    new Map<string, LayerEntry>([
      ['data', writable],
      ['opt/bitnami/redis/bin', symlink('/usr/bin')],
      ['opt/bitnami/redis/etc', writable],
    ]),
  );
}

function withoutFolder(layer: Layer, folder: string): Layer {
  return new Map([...layer].filter(([path]) => path !== folder && !path.startsWith(`${folder}/`)));
}
