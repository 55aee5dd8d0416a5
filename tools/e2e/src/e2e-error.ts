/** Every way in which the suite can end other than by passing. Messages are part of the interface: tests assert them. */
const messages = {
  check: ({ what, value, allowed }: Facts) => `${what}: expected ${allowed}, but it is ${value}`,
  deadline: ({ what, value, detail }: Facts) => `waited ${value} for ${what}, in vain; last seen:\n${detail}`,
  stopped: ({ what }: Facts) => `stopped while waiting for ${what}`,
  'scenario-deadline': ({ what, value }: Facts) =>
    `${what} took longer than its deadline of ${value}; raise deadlineMs in its file if that is right`,
  interrupted: ({ value }: Facts) => `interrupted by ${value}`,
  command: ({ what, value, detail }: Facts) => `${what} ended with ${value}\n${detail}`,
  'not-started': ({ what, detail }: Facts) => `${what} cannot be run: ${detail}`,
  'object-missing': ({ what, value }: Facts) => `${what} does not exist in namespace ${value}`,
  'scenario-file': ({ path, allowed }: Facts) => `${path} registers nothing: it has to export ${allowed}`,
  'scenario-unknown': ({ value, allowed }: Facts) => `--only names "${value}"; there are ${allowed}`,
  'helm-unknown': ({ value }: Facts) => `--helm is "${value}"; allowed are 3 and 4`,
  'nothing-selected': () => 'no scenario is left to run; take a filter away (--only, --helm)',
  'mutation-edit': ({ what, path, value }: Facts) =>
    `mutation ${what} finds ${value} nowhere in ${path}; bring its edit up to date with the chart`,
  'mutation-scenario': ({ what, value }: Facts) =>
    `mutation ${what} names the scenario "${value}", which does not exist; name one of --list`,
  variant: ({ what, value }: Facts) =>
    `scenario ${what} asks for an image with tag ${value}, which another scenario fills otherwise; choose another tag`,
  'load-program': ({ what, value, detail }: Facts) =>
    `the load ${what} ended without a report (pod ${value}); its log ends with\n${detail}`,
  'load-command': ({ value, detail }: Facts) => `--load "${value}" failed, so the cluster lacks the images\n${detail}`,
  'load-alone': ({ value }: Facts) =>
    `--load "${value}" needs KUBECONFIG, the path of the kubeconfig of the cluster that it loads images into`,
  'load-missing': ({ path }: Facts) =>
    `KUBECONFIG is ${path}; to run the scenarios on that cluster, add --load '<command>' that brings the image archive {} into it (--load true if the images are there), or unset KUBECONFIG to use a cluster of our own`,
  'kubeconfig-missing': ({ path }: Facts) =>
    `KUBECONFIG is ${path}, and there is no such file; allowed is the path of one file`,
  kubeconfig: ({ path, detail }: Facts) =>
    `KUBECONFIG is ${path}, whose cluster does not answer (${detail}); unset it to use a cluster of our own`,
  'no-machines': ({ what }: Facts) =>
    `${what} needs the machines of our own cluster; give the scenario needs: ['machines']`,
} as const;

interface Facts {
  readonly what?: string;
  readonly path?: string;
  readonly value?: string | number;
  readonly allowed?: string;
  /** What was found or said, word for word. */
  readonly detail?: string;
}

export type E2eRule = keyof typeof messages;

/** Why a scenario, or the whole run, did not go through. */
export class E2eError extends Error {
  override readonly name = 'E2eError';
  readonly rule: E2eRule;

  constructor(rule: E2eRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
