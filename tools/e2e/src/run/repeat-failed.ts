import type { ScenarioReport } from '../report/run-report.ts';

/**
 * A scenario that failed among others may have failed for them: alone, it shows whether it did. The second attempt
 * counts, and tells of the first.
 */
export async function repeatFailed(
  first: ScenarioReport,
  again: () => Promise<ScenarioReport>,
): Promise<ScenarioReport> {
  if (first.status !== 'failed') return first;
  const second = await again();
  const note = { name: 'the first attempt failed', value: first.failure?.message ?? '' };
  return { ...second, notes: [...second.notes, note], ...(first.failure && { firstFailure: first.failure }) };
}
