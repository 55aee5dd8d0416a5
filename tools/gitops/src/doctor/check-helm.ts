import { findHelm, knownLane } from '@task-api/helm';
import type { CommandIo } from '../command-io.ts';
import { type Check, tryCheck } from './check.ts';

type Place = Pick<CommandIo, 'root' | 'env'>;

/** Helm, and where the chart's dependencies come from. */
export function checkHelm({ root, env }: Place): Promise<readonly Check[]> {
  return Promise.all([
    tryCheck('Helm', () => checkBinary(env)),
    tryCheck('dependencies', () => checkLane({ root, env })),
  ]);
}

async function checkBinary(env: NodeJS.ProcessEnv): Promise<Check> {
  const { version, path, source, passedOver } = await findHelm({ env });
  const found = `${version} from ${source} (${path})`;
  return passedOver === undefined
    ? { name: 'Helm', status: 'ok', found }
    : { name: 'Helm', status: 'ok', found: `${found}; passed over: ${passedOver}` };
}

async function checkLane({ root, env }: Place): Promise<Check> {
  const known = await knownLane({ root, env });
  if (known !== undefined) return { name: 'dependencies', status: 'ok', found: `lane ${known.lane}: ${known.reason}` };
  return {
    name: 'dependencies',
    status: 'warning',
    found: 'not prepared; the first render asks the network',
    fix: 'npx gitops prepare',
  };
}
