/** Every way in which a folder can fail to become an Nx project. Messages name the file and what it has to say. */
const messages = {
  'chart-unreadable': ({ file, reason }: Facts) => `${file} is not YAML that Helm could read: ${reason}`,
  'chart-mode-missing': ({ file }: Facts) =>
    `${file} does not say which chart it deploys; write chart: 'pinned' or chart: 'floating', literally, on a line of its own`,
  'chart-mode-twice': ({ file }: Facts) =>
    `${file} has more than one line that starts with chart: 'pinned' or chart: 'floating'; keep one`,
} as const;

interface Facts {
  readonly file: string;
  readonly reason?: string;
}

export type NxPluginRule = keyof typeof messages;

/** A folder that cannot be a project: which rule, which file, and what to do about it. */
export class NxPluginError extends Error {
  override readonly name = 'NxPluginError';
  readonly rule: NxPluginRule;

  constructor(rule: NxPluginRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
