import { mkdir } from 'node:fs/promises';
import { ClusterError, type ClusterRule } from './cluster-error.ts';
import { clusterLayout } from './cluster-layout.ts';
import { requireRoot } from './host/require-root.ts';
import { holderOf, holdLock } from './processes/hold-lock.ts';

/** Keeps others from starting or stopping the cluster meanwhile. */
export async function withLock<Result>(
  action: () => Promise<Result>,
  options: Partial<Omit<LockUse, 'rule'>> = {},
): Promise<Result> {
  return withLockFile({ file: clusterLayout.lockFile, rule: 'in-use', ...options }, action);
}

/** Keeps other runs of scenarios from using the cluster meanwhile. */
export async function withClusterToItself<Result>(action: () => Promise<Result>): Promise<Result> {
  return withLockFile({ file: clusterLayout.runLockFile, rule: 'run-in-use' }, action);
}

interface LockUse {
  readonly file: string;
  /** What is wrong when somebody else has it. */
  readonly rule: ClusterRule;
  /** @default the one of this process */
  readonly userId?: number;
}

async function withLockFile<Result>({ file, rule, userId }: LockUse, action: () => Promise<Result>): Promise<Result> {
  requireRoot(userId);
  await mkdir('/run', { recursive: true });
  const lock = await holdLock({ file });
  if (lock === undefined) throw new ClusterError(rule, { value: holderOf(file) });
  try {
    return await action();
  } finally {
    await lock.release();
  }
}
