import type { Evidence } from '../report/run-report.ts';
import { describePod } from '../world/describe-state.ts';
import type { RecordedNamespace } from './scenario-journal.ts';

const logLines = 200;
const mostPods = 20;

/** What a person would look at first after a failure: pods, warnings, logs. No Secret is read. */
export async function collectEvidence(records: readonly RecordedNamespace[]): Promise<readonly Evidence[]> {
  const found = await Promise.all(records.map(evidenceOf));
  return found.flat().filter(({ text }) => text.trim() !== '');
}

async function evidenceOf(recorded: RecordedNamespace): Promise<readonly Evidence[]> {
  const { namespace, record } = recorded;
  const events = record
    .list('Event')
    .map(
      ({ type, involvedObject, reason, message }) =>
        `${type} ${involvedObject.kind}/${involvedObject.name} ${reason}: ${message}`,
    );
  return [
    { title: `pods of ${namespace}`, text: record.list('Pod').map(describePod).join('\n') },
    { title: `events of ${namespace}`, text: events.join('\n') },
    ...(await logsOf(recorded)),
  ];
}

async function logsOf({ namespace, record, kubectl }: RecordedNamespace): Promise<readonly Evidence[]> {
  const names = record.list('Pod').flatMap(({ metadata }) => metadata?.name ?? []);
  return Promise.all(
    names.slice(0, mostPods).map(async (name) => {
      const args = ['logs', name, '--all-containers', '--prefix', `--tail=${logLines}`];
      // The scenario's signal may have been aborted by its deadline; a log can be had all the same.
      const { stdout, stderr } = await kubectl(args, { signal: AbortSignal.timeout(20_000) });
      return { title: `log of ${namespace}/${name}`, text: `${stdout}${stderr}` };
    }),
  );
}
