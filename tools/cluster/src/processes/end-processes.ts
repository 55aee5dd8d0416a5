import { setTimeout as delay } from 'node:timers/promises';
import { type FoundProcess, findProcesses } from './find-processes.ts';

const deadlineMs = 10_000;

/** Ends the programs that the choice names, at once, and returns when they are gone; what is still there is returned. */
export async function endProcesses(
  isChosen: (process: FoundProcess) => boolean = () => true,
): Promise<readonly FoundProcess[]> {
  const deadline = Date.now() + deadlineMs;
  let remaining = findProcesses().filter(isChosen);
  while (remaining.length > 0 && Date.now() < deadline) {
    for (const { pid } of remaining) kill(pid);
    await delay(50);
    remaining = findProcesses().filter(isChosen);
  }
  return remaining;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
