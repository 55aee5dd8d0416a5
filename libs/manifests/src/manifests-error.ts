/** Every way in which a rendered stream can be unreadable. What is readable but wrong is a finding instead. */
const messages = {
  'yaml-syntax': ({ where, detail }: Facts) => `${where} is not YAML: ${detail}`,
  'not-an-object': ({ where, detail }: Facts) =>
    `${where} is ${detail}; a manifest is a map with the text fields apiVersion and kind`,
  'invalid-quantity': ({ where, detail }: Facts) =>
    `"${where}" is not a quantity: ${detail}; allowed are a number such as 2 or 0.5, with one of the suffixes n u m k M G T P E, Ki Mi Gi Ti Pi Ei or an exponent such as e3`,
  'unknown-kubernetes-version': ({ where, detail }: Facts) => `kubernetesVersion is "${where}"; allowed are ${detail}`,
} as const;

interface Facts {
  /** The template and line of the stream, or the value that is wrong. */
  readonly where: string;
  readonly detail: string;
}

export type ManifestsRule = keyof typeof messages;

/** A rendered stream, or a question about it, that has no answer. */
export class ManifestsError extends Error {
  override readonly name = 'ManifestsError';
  readonly rule: ManifestsRule;

  constructor(rule: ManifestsRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
