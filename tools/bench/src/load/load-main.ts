// Generates load in a process of its own: one plan a message, one result in return.
import { applyLoad } from './apply-load.ts';
import type { LoadPlan, LoadRequest } from './load-request.ts';
import { requestWriter } from './request-writer.ts';

/** Kept, so that the numbers of a request go on from one load to the next. */
const writers = new Map<string, () => string>();

process.on('message', async (plan: LoadPlan) => {
  process.send?.(await applyLoad(plan, writerOf(plan.request)));
});
process.on('disconnect', () => process.exit());

function writerOf(request: LoadRequest): () => string {
  const key = JSON.stringify(request);
  const writer = writers.get(key) ?? requestWriter(request);
  writers.set(key, writer);
  return writer;
}
