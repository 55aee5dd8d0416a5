import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';

/** Variables through which a user's Helm or cluster could change what is rendered. */
const foreign = /^(HELM_|KUBE)/;

/** The environment Helm runs in: the user's own settings, plugins, registries and clusters are out of reach. */
export function helmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !foreign.test(name));
  const home = join(cacheDirectory(env), 'helm-home');
  return {
    ...Object.fromEntries(kept),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_DATA_HOME: join(home, 'data'),
    HELM_PLUGINS: join(home, 'no-plugins'),
    KUBECONFIG: '/dev/null',
    // Helm lives for a tenth of a second: collecting garbage would cost more than it frees.
    GOGC: 'off',
  };
}
