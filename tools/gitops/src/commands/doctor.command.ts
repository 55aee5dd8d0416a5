import type { CommandIo } from '../command-io.ts';
import type { Check } from '../doctor/check.ts';
import { checkCaches } from '../doctor/check-caches.ts';
import { checkCheckout } from '../doctor/check-checkout.ts';
import { checkHelm } from '../doctor/check-helm.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Block } from '../report/report.ts';

/** `gitops doctor`: what was found, and what to do about what is missing. */
export async function doctor(io: CommandIo): Promise<ExitCode> {
  const checks = [
    ...(await checkMachine()),
    ...(await checkHelm(io)),
    ...(await checkCheckout(io)),
    ...checkCaches(io),
  ];
  const missing = checks.filter(({ status }) => status === 'missing');
  io.report({
    data: { checks },
    blocks: [
      { kind: 'table', columns: ['', 'what', 'found'], rows: checks.map(rowOf) },
      ...checks.flatMap(adviceOf),
      verdict(missing),
    ],
  });
  return missing.length === 0 ? exitCodes.ok : exitCodes.failed;
}

const marks = { ok: '✔', warning: '!', missing: '✖' } as const;

function rowOf({ name, status, found }: Check): readonly string[] {
  return [marks[status], name, found];
}

function adviceOf({ name, status, fix }: Check): readonly Block[] {
  if (fix === undefined) return [];
  return [{ kind: status === 'missing' ? 'bad' : 'warning', text: `${name}: ${fix}` }];
}

function verdict(missing: readonly Check[]): Block {
  if (missing.length === 0) return { kind: 'good', text: 'everything that is needed is there' };
  return { kind: 'bad', text: `needed and not in order: ${missing.map(({ name }) => name).join(', ')}` };
}
