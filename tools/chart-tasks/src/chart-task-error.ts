/** Every way in which a chart's task can fail by itself; what Helm refuses arrives as a HelmError. */
const messages = {
  'unknown-task': ({ value, allowed }: Facts) => `"${value}" is no task of a chart; allowed is ${allowed}`,
  'no-chart': ({ value }: Facts) => `${value} holds no Chart.yaml; give the folder of a chart, such as charts/task-api`,
  'invalid-objects': ({ value, detail }: Facts) => `${value} renders objects that are not in order:\n${detail}`,
  'undocumented-values': ({ value, detail }: Facts) => `${value} does not document exactly its values:\n${detail}`,
  'outdated-docs': ({ value, detail }: Facts) =>
    `${value} does not say what values.yaml documents; run: node tools/chart-tasks/src/main.ts docs ${detail}`,
} as const;

interface Facts {
  readonly value: string;
  readonly allowed?: string;
  readonly detail?: string;
}

export type ChartTaskRule = keyof typeof messages;

/** Why a task of a chart did not succeed. */
export class ChartTaskError extends Error {
  override readonly name = 'ChartTaskError';
  readonly rule: ChartTaskRule;

  constructor(rule: ChartTaskRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
