import { listProjects } from '@task-api/nx-plugin';
import { checkBoundaries } from './checks/check-boundaries.ts';
import { checkDocuments } from './checks/check-documents.ts';
import { checkGeneratedFiles } from './checks/check-generated-files.ts';
import { checkLockFile } from './checks/check-lock-file.ts';
import { checkMachineTraces } from './checks/check-machine-traces.ts';
import { checkPackages } from './checks/check-packages.ts';
import { checkStyle } from './checks/check-style.ts';
import { checkWorkflows } from './checks/check-workflows.ts';
import { readGitopsCommands } from './documents/gitops-commands.ts';
import { type Check, describeFinding } from './finding.ts';
import { openRepository } from './repository-files.ts';

// The rules of this repository, each with what to do when it is broken.
// Usage: node tools/repository/src/check-repository.ts [check…]
const root = process.cwd();
const checks: readonly Check[] = [
  checkBoundaries,
  checkDocuments({ gitops: readGitopsCommands(), projects: await listProjects(root) }),
  checkPackages,
  checkGeneratedFiles,
  checkLockFile,
  checkMachineTraces(root),
  checkWorkflows,
  checkStyle,
];

const names = process.argv.slice(2);
const known = checks.map(({ name }) => name);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) printHelp();
else
  process.exitCode = (await runChecks(checks.filter(({ name }) => names.length === 0 || names.includes(name)))) ? 0 : 1;

async function runChecks(selected: readonly Check[]): Promise<boolean> {
  const repository = openRepository(root);
  let isClean = true;
  for (const { name, run } of selected) {
    const { findings, report = [] } = await run(repository);
    print([
      ...report,
      `${name}: ${findings.length === 0 ? 'ok' : `${findings.length} to mend`}`,
      ...findings.map((finding) => `  ${describeFinding(finding)}`),
    ]);
    isClean &&= findings.length === 0;
  }
  return isClean;
}

function printHelp(): void {
  const width = Math.max(...known.map((name) => name.length));
  print([
    'Checks, all of them when none is named:',
    ...checks.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`),
  ]);
  process.exitCode = names.includes('--help') ? 0 : 2;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
