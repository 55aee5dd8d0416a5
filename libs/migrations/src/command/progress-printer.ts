import type { ProgressEvent } from '../runner/runner-options.ts';

interface Target {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ProgressPrinter {
  readonly print: (event: ProgressEvent) => void;
  /** Leaves the terminal with no half-written line. */
  finish(): void;
}

/** Prints progress for people: rewriting the current line on a terminal, else one line per event that matters in a log. */
export function createProgressPrinter(target: Target, format: 'text' | 'json'): ProgressPrinter {
  if (format === 'json')
    return { print: (event) => void target.write(`${JSON.stringify(event)}\n`), finish: leaveAsIs };
  return target.isTTY ? createTerminalPrinter(target) : createLogPrinter(target);
}

function leaveAsIs(): void {
  // Every line was written whole.
}

function createLogPrinter(target: Target): ProgressPrinter {
  const print = (event: ProgressEvent) => {
    if (isMinor(event)) return;
    target.write(`${describeEvent(event)}\n`);
  };
  return { print, finish: leaveAsIs };
}

/** Of a terminal that does not tell its width, or says 0. */
const widthUntold = 80;
const clearLine = '\r\u001b[2K';

function createTerminalPrinter(target: Target): ProgressPrinter {
  let rows = 0;
  const print = (event: ProgressEvent) => {
    rows = event.kind === 'batch-finished' ? rows + event.rows : rows;
    if (event.kind === 'migration-started') rows = 0;
    const end = event.kind === 'migration-finished' ? '\n' : '';
    const total = event.kind === 'batch-finished' ? ` (${rows} in all)` : '';
    // A line that wraps could not be rewritten.
    const line = `${describeEvent(event)}${total}`.slice(0, (target.columns || widthUntold) - 1);
    target.write(`${clearLine}${line}${end}`);
  };
  return { print, finish: () => void target.write(clearLine) };
}

const isMinor = ({ kind }: ProgressEvent): boolean =>
  kind === 'statement-started' || kind === 'statement-finished' || kind === 'waiting-for-runner';

type Describe<Kind extends ProgressEvent['kind']> = (event: Extract<ProgressEvent, { kind: Kind }>) => string;

const descriptions: { readonly [Kind in ProgressEvent['kind']]: Describe<Kind> } = {
  'waiting-for-database': ({ reason }) => `… waiting for PostgreSQL: ${reason}`,
  'waiting-for-runner': ({ pid }) => `… waiting for the runner in backend ${pid}`,
  'migration-started': ({ name, why }) => `→ ${name}: ${why}`,
  'statement-started': ({ name, statement, text }) => `→ ${name}, statement ${statement}: ${text.slice(0, 80)}`,
  'statement-finished': ({ name, statement }) => `→ ${name}, statement ${statement} done`,
  'lock-retried': ({ name, attempt, pauseMs }) => `… ${name}: no lock in try ${attempt}, again in ${pauseMs} ms`,
  'invalid-index-dropped': ({ name, index }) => `→ ${name}: dropped ${index}, left invalid by an interrupted run`,
  'batch-finished': ({ name, rows, key }) => `→ ${name}: ${rows} rows up to ${key}`,
  'migration-finished': ({ name, durationMs }) => `✓ ${name} (${durationMs} ms)`,
};

export function describeEvent(event: ProgressEvent): string {
  // The table's type ties each kind to its event; TypeScript cannot follow that through the index.
  const describe = descriptions[event.kind] as Describe<typeof event.kind>;
  return describe(event as never);
}
