import { FileTransaction } from './file-transaction.ts';
import type { FileChange } from './plan-changes.ts';

/**
 * Makes all changes or none. It is synchronous on purpose: no signal handler can run between two of its steps.
 *
 * @throws GitopsError `unwritable`
 */
export function applyChanges(changes: readonly FileChange[], root: string): void {
  const transaction = new FileTransaction(root);
  try {
    for (const change of changes) transaction.stage(change);
    for (const change of changes) transaction.commit(change);
  } catch (error) {
    transaction.undo();
    throw error;
  }
}
