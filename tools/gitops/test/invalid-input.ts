/** One rule that input can break: what breaks it, what the command says, and the nearest input that it accepts. */
export interface InvalidInput {
  readonly args: readonly string[];
  /** Texts by path; `REVISION` stands for the commit that prod pins. */
  readonly invalid: Readonly<Record<string, string>>;
  readonly valid: Readonly<Record<string, string>>;
  readonly exitCode: number;
  /** What stderr or, for findings, stdout has to contain. */
  readonly message: string;
}

/** An environment `qa`, written as a person would, with one part replaced. */
export function environment(
  parts: { readonly before?: string; readonly tier?: string; readonly namespace?: string; readonly rest?: string } = {},
): string {
  const { before = '', tier = 'staging', namespace = 'task-api-qa', rest = '' } = parts;
  return `import { defineEnvironment } from '@task-api/values';
${before}
export default defineEnvironment({
  tier: '${tier}',
  destination: { server: 'https://kubernetes.default.svc', namespace: '${namespace}' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  ${rest}
});
`;
}

export function release(parts: { readonly revision?: string; readonly tag?: string } = {}): string {
  const { revision = 'REVISION', tag = '"1.0.0"' } = parts;
  return `chart:\n  revision: ${revision}\nimage:\n  repository: task-api/agent\n  tag: ${tag}\nmigrations:\n  head: none\ncommits: []\n`;
}

/** The two files of the environment `qa`. */
export function qa(environmentText: string, releaseText: string = release()): Readonly<Record<string, string>> {
  return { 'environments/qa/environment.ts': environmentText, 'environments/qa/release.yaml': releaseText };
}
