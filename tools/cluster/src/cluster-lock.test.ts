import { describe, expect, it } from '@jest/globals';
import { withLock } from './cluster-lock.ts';

describe('withLock', () => {
  it('does nothing for a user other than root, and says what to do', async () => {
    let isDone = false;
    const action = async () => {
      isDone = true;
    };
    await expect(withLock(action, 1000)).rejects.toThrow(/needs root .* user 1000; run it with sudo/);
    expect(isDone).toBe(false);
  });
});
