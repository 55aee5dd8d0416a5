import { join } from 'node:path';
import { checkSucceeded } from '../../check.ts';
import { type CommandResult, describeCommand } from '../../run/run-program.ts';
import type { World } from '../../world/world.ts';

/** Helm where the registry is reached under its public name; a command that fails is an error. */
export type RegistryHelm = (args: readonly string[]) => Promise<CommandResult>;

/** The public host would be reached through a proxy, the registry of the cluster is next door. */
const withoutProxy = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' };

export async function registryHelm(world: World): Promise<RegistryHelm> {
  const { helm, cluster, scratch } = world;
  const { inNetwork, registry } = world.machines();
  const home = join(scratch, 'helm-home');
  const env = {
    ...withoutProxy,
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_DATA_HOME: join(home, 'data'),
    // helm dependency build has no flag for the authority.
    SSL_CERT_FILE: registry.caFile,
    KUBECONFIG: cluster.kubeconfig,
    HELM_KUBEAPISERVER: await apiServerInside(world),
  };
  return async (args) => {
    const startedAtMs = Date.now();
    const outcome = await inNetwork([helm.binary.path, ...args], { env });
    const command = describeCommand([helm.binary.path, ...args]);
    return checkSucceeded({ ...outcome, command, startedAtMs, endedAtMs: Date.now() });
  };
}

/** Where the API server is for those inside; the kubeconfig names a port of this machine. */
async function apiServerInside({ kubectl }: World): Promise<string> {
  const command = ['get', 'endpointslices', '--namespace', 'default', '--output', 'json', '--selector', ofApiServer];
  const { items } = JSON.parse(checkSucceeded(await kubectl(command)).stdout);
  const [{ endpoints, ports }] = items;
  return `https://${endpoints[0].addresses[0]}:${ports[0].port}`;
}

const ofApiServer = 'kubernetes.io/service-name=kubernetes';
