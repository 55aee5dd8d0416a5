import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { clusterBuild, startBuildingCluster, whyNoCluster } from './build-cluster.ts';
import { installPackages } from './install-packages.ts';
import { pickMutations } from './pick-mutations.ts';
import { judgeSecondRun, readTestRun } from './read-test-run.ts';
import { type Command, runVisibly, type StepResult } from './run-step.ts';
import { thisMachine } from './this-machine.ts';

/** Something that CI asks of a checkout. */
export type Step = (base: string | undefined) => Promise<StepResult>;

const npmTest: Command = { program: 'npm', args: ['test'] };

/** Comes before the tests: those that need a program are skipped where it is missing. */
const packagesForTests: Step = () => installPackages('npm test', thisMachine(process.env));

const packagesForCluster: Step = async () => {
  const reason = whyNoCluster();
  if (reason !== undefined) return skipped('Debian packages for npm run e2e', reason);
  const result = await installPackages('npm run e2e', thisMachine(process.env));
  startBuildingCluster();
  return result;
};

/** The command of the README, as a newcomer would type it. */
const everyTest: Step = async () => readTestRun('npm test', await runVisibly(npmTest));

const affectedTests: Step = async (base) => {
  const range = base === undefined ? [] : [`--base=${base}`, '--head=HEAD'];
  return readTestRun(
    'npm run affected',
    await runVisibly({ program: 'npm', args: ['run', 'affected', '--', ...range] }),
  );
};

/** What looks at the whole repository and so belongs to no change in particular. */
const wholeRepository: Step = async () => {
  const args = ['test', '--', '--targets=check,sync,test', '--projects=repository,argocd,tag:reads:repository'];
  return readTestRun('what reads the whole repository', await runVisibly({ program: 'npm', args }));
};

const otherHelm: Step = async () => {
  const args = ['test', '--', '--targets=template,test,validate', '--projects=tag:type:chart,tag:type:environment'];
  const outcome = await runVisibly({ program: 'npm', args, env: { TASK_API_HELM_MAJOR: '3' } });
  return readTestRun('charts and environments under Helm 3', outcome);
};

/** Minutes of load under failures: too long for every `npm test`. */
const endurance: Step = async () => {
  const command = { program: 'node', args: ['apps/agent/test/endurance/main.ts'] };
  return readTestRun('endurance of the agent', await runVisibly(command));
};

/** Promises of the chart, on a real Kubernetes. What other work of the machine makes fail, passes when it runs alone. */
const scenarios: Step = async () => {
  const name = 'npm run e2e';
  const reason = whyNoCluster();
  if (reason !== undefined) return skipped(name, reason);
  await clusterBuild();
  return readTestRun(name, await runVisibly({ program: 'npm', args: ['run', 'e2e', '--', '--repeat'] }));
};

const mutationsAtOnce = 4;

/** Proves that scenarios fail when the chart breaks its promises; with every commit for others. */
const mutations: Step = async () => {
  const name = 'mutations of the chart';
  const reason = whyNoCluster();
  if (reason !== undefined) return skipped(name, reason);
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
  const picked = pickMutations(listMutations(), commit, mutationsAtOnce);
  const args = ['run', 'e2e', '--', '--mutations', '--only', ...picked, '--output', 'dist/e2e-mutations'];
  return { ...readTestRun(name, await runVisibly({ program: 'npm', args })), note: picked.join(', ') };
};

function listMutations(): readonly string[] {
  return globSync('tools/e2e/src/mutations/*.mutation.ts')
    .map((path) => basename(path, '.mutation.ts'))
    .sort();
}

const secondRun: Step = async () => judgeSecondRun('npm test again', await runVisibly(npmTest));

const schemaDrift: Step = () =>
  judgeWithGo('schemas of Kubernetes', 'libs/manifests/scripts/generate-schemas.ts', '--check');

const kubeconformComparison: Step = () =>
  judgeWithGo('at least as strict as kubeconform', 'libs/manifests/scripts/compare-kubeconform.ts');

const commitMessages: Step = async (base) => {
  const name = 'commit messages';
  if (base === undefined) return skipped(name, 'there is no commit before');
  const args = ['--config', 'tools/repository/commitlint.config.mjs', '--from', base, '--to', 'HEAD'];
  return judgeExit(name, { program: 'commitlint', args });
};

const cleanTree: Step = async () => {
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
  const isClean = stdout === '';
  return {
    name: 'work tree',
    passed: isClean ? 1 : 0,
    failed: isClean ? 0 : 1,
    note: isClean ? 'clean' : 'changed',
    failures: stdout.split('\n').filter((line) => line !== ''),
  };
};

/** Schemas come from Go modules: only a machine with Go can say whether they are up to date. */
async function judgeWithGo(name: string, ...args: readonly string[]): Promise<StepResult> {
  if (spawnSync('go', ['version']).status !== 0) return skipped(name, 'there is no go on the PATH');
  return judgeExit(name, { program: 'node', args });
}

function skipped(name: string, reason: string): StepResult {
  return { name, passed: 0, failed: 0, note: `skipped, because ${reason}`, failures: [] };
}

async function judgeExit(name: string, command: Command): Promise<StepResult> {
  const { exitCode } = await runVisibly(command);
  return {
    name,
    passed: exitCode === 0 ? 1 : 0,
    failed: exitCode === 0 ? 0 : 1,
    note: `exit code ${exitCode}`,
    failures: [],
  };
}

/** What is asked of the default branch, and what of a pull request. */
export const steps: Readonly<Record<'everything' | 'affected', readonly Step[]>> = {
  everything: [
    packagesForTests,
    packagesForCluster,
    everyTest,
    otherHelm,
    endurance,
    schemaDrift,
    kubeconformComparison,
    secondRun,
    scenarios,
    mutations,
    commitMessages,
    cleanTree,
  ],
  affected: [packagesForTests, affectedTests, wholeRepository, commitMessages, cleanTree],
};
