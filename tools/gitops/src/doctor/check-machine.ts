import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Check } from './check.ts';

const run = promisify(execFile);

/** Node, npm and git, as they would be run from here. */
export async function checkMachine(): Promise<readonly Check[]> {
  return [checkNode(), await checkProgram('npm', 'comes with Node'), await checkProgram('git', 'install git')];
}

function checkNode(): Check {
  const startedBy = process.env.TASK_API_NODE_TRIED;
  const origin = startedBy === undefined ? '' : `, because the node on PATH is ${startedBy}`;
  return { name: 'Node', status: 'ok', found: `${process.versions.node} (${process.execPath}${origin})` };
}

async function checkProgram(name: string, fix: string): Promise<Check> {
  try {
    const { stdout } = await run(name, ['--version']);
    return { name, status: 'ok', found: stdout.trim().replace(/^git version /, '') };
  } catch {
    return { name, status: 'missing', found: 'not found on PATH', fix };
  }
}
