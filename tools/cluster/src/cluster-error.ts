/** Every way in which the cluster can fail to be there. Messages are part of the interface: tests assert them. */
const messages = {
  'not-root': ({ value }: Facts) =>
    `the cluster needs root for its namespaces, and this is user ${value}; run it with sudo, or use another cluster: KUBECONFIG=… npm run e2e -- --load '<command> {}'`,
  'cgroup-version': ({ path }: Facts) =>
    `the nodes of the cluster need cgroup version 1, and ${path} is version 2; run the scenarios on another cluster: KUBECONFIG=… npm run e2e -- --load 'kind load image-archive {}'`,
  'programs-missing': ({ value, allowed }: Facts) => `not found on PATH: ${value}; ${allowed}`,
  'install-failed': ({ what, value }: Facts) => `could not install ${what}: ${value}`,
  'build-failed': ({ what, path, value }: Facts) => `could not build ${what} from ${path}: ${value}`,
  'command-failed': ({ what, value }: Facts) => `${what} failed: ${value}`,
  'not-running': () => 'no cluster is running; start one with `npm run cluster -- up`',
  'not-answering': ({ value, path }: Facts) =>
    `the cluster runs, but its API has not answered for ${value} s; its log is ${path}; try again, or remove the cluster with \`npm run cluster -- down\``,
  'parts-missing': ({ value }: Facts) =>
    `a cluster is running without ${value}; remove it with \`npm run cluster -- down\`, then start it anew`,
  'other-size': ({ value, allowed }: Facts) =>
    `a cluster of ${value} node(s) is running, not of ${allowed}; stop it first with \`npm run cluster -- down\``,
  'in-use': ({ value }: Facts) => `process ${value} is starting or stopping the cluster; wait for it`,
  'run-in-use': ({ value }: Facts) => `process ${value} runs scenarios on the cluster; wait for it`,
  'not-ready': ({ what, value, path }: Facts) => `${what} was not ready after ${value} s; its log is ${path}`,
  'unknown-node': ({ value, allowed }: Facts) => `there is no node "${value}"; the nodes are ${allowed}`,
  'unknown-log': ({ value, allowed }: Facts) => `there is no log "${value}"; the logs are ${allowed}`,
  'left-behind': ({ value }: Facts) => `these are still there after the cluster was stopped: ${value}`,
} as const;

interface Facts {
  readonly what?: string;
  readonly path?: string;
  readonly value?: string | number;
  readonly allowed?: string | number;
}

export type ClusterRule = keyof typeof messages;

/** Why the cluster is not as asked for, and what to do about it. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly rule: ClusterRule;

  constructor(rule: ClusterRule, facts: Facts = {}, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
