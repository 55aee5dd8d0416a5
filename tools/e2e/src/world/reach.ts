import { E2eError } from '../e2e-error.ts';
import type { World } from './world.ts';

/** Whether somebody listens (`open`), the host answers that nobody does (`closed`), or nothing comes back (`silent`). */
export type Reach = 'open' | 'closed' | 'silent';

export interface ReachRequest {
  /** What `kubectl exec` takes: `pod/stranger`, `deployment/task-api`. */
  readonly from: string;
  readonly host: string;
  readonly port: number;
}

/** Longer than connecting takes on a busy machine. */
const timeoutSeconds = 8;
const timedOutExitCode = 124;
const script = 'getent hosts "$0" > /dev/null || exit 90; exec timeout "$2" bash -c "exec 3<>/dev/tcp/$0/$1"';
const unknownHostExitCode = 90;

/** Opens a TCP connection from inside a pod. Network policies drop what they do not allow, so nothing comes back. */
export async function reach({ kubectl }: Pick<World, 'kubectl'>, { from, host, port }: ReachRequest): Promise<Reach> {
  const target = [host, String(port), String(timeoutSeconds)];
  const { exitCode, stderr } = await kubectl(['exec', from, '--', 'bash', '-c', script, ...target]);
  if (exitCode === unknownHostExitCode)
    throw new E2eError('command', { what: `${from} asking for ${host}`, value: 'no address', detail: stderr });
  if (exitCode === 0) return 'open';
  return exitCode === timedOutExitCode ? 'silent' : 'closed';
}
