import type { HelmBinary } from './find-helm.ts';
import { HelmError } from './helm-error.ts';
import { parseHelmMessage } from './helm-message.ts';
import type { PreparedChart } from './prepare-chart.ts';
import { runHelm } from './run-helm.ts';
import { withValuesFiles } from './values-files.ts';

export interface LintRequest {
  readonly chart: PreparedChart;
  /** YAML texts of values files; later ones win. */
  readonly values: readonly string[];
  /** Warnings count as failures. */
  readonly strict: true;
  readonly kubeVersion?: string;
}

/**
 * Runs `helm lint --strict` on the built chart and returns what it printed.
 *
 * @throws {HelmError} `lint`, with every complaint
 */
export async function lintChart(helm: HelmBinary, request: LintRequest): Promise<string> {
  const { chart, kubeVersion } = request;
  const flags = ['--strict', ...(kubeVersion === undefined ? [] : ['--kube-version', kubeVersion])];
  return withValuesFiles(request.values, async (files) => {
    const args = ['lint', '.', ...flags, ...files.flatMap((file) => ['--values', file])];
    const { code, stdout, stderr } = await runHelm(helm, args, { cwd: chart.directory });
    if (code === 0) return stdout;
    const complaints = stdout.split('\n').filter((line) => /^\[(ERROR|WARNING)\]/.test(line));
    throw new HelmError('lint', { ...parseHelmMessage(complaints.join('\n') || stderr), value: chart.directory });
  });
}
