import { describe, expect, it } from '@jest/globals';
import { abortable } from './recording.ts';

describe('abortable', () => {
  const gone = new Error('gone');

  it('rejects as soon as it is aborted', async () => {
    const leaver = new AbortController();
    const waiting = abortable(new Promise(() => undefined), leaver.signal);
    leaver.abort(gone);
    await expect(waiting).rejects.toBe(gone);
  });

  it('takes care of what fails later, when it was aborted from the beginning', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const late = Promise.withResolvers<never>();
    await expect(abortable(late.promise, AbortSignal.abort(gone))).rejects.toBe(gone);
    late.reject(new Error('nobody waits for this any more'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
