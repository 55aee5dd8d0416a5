import type { Colors } from 'picocolors/types.js';
import type { ScenarioReport } from '../report/run-report.ts';

/** Tells a person what goes on, a line at a time. */
export interface ProgressLog {
  line(text: string): void;
  started(label: string): void;
  step(label: string, title: string): void;
  ended(label: string, report: ScenarioReport): void;
  skipped(label: string, reason: string): void;
}

export interface ProgressLogOptions {
  readonly write: (text: string) => void;
  readonly colors: Colors;
  /** @default the clock */
  readonly now?: () => number;
}

/** Room for the name of a scenario and its Helm. */
export const labelWidth = 28;

/** Each line begins with the time since the start, so that a log tells where time went. */
export function progressLog({ write, colors, now = Date.now }: ProgressLogOptions): ProgressLog {
  const startedAtMs = now();
  const print = (text: string) => write(`${colors.dim(seconds(now() - startedAtMs).padStart(8))}  ${text}\n`);
  const named = (label: string) => label.padEnd(labelWidth);
  return {
    line: print,
    started: (label) => print(`${colors.cyan('▶')} ${named(label)} begins`),
    step: (label, title) => print(`${colors.dim('·')} ${named(label)} ${title}`),
    skipped: (label, reason) => print(`${colors.yellow('○')} ${named(label)} skipped: ${reason}`),
    ended(label, { status, startedAtMs: from, endedAtMs, failure }) {
      const took = seconds(endedAtMs - from);
      if (status === 'passed') print(`${colors.green('✔')} ${named(label)} passed in ${took}`);
      else
        print(
          `${colors.red('✖')} ${named(label)} failed after ${took}${failure ? `\n${indent(failure.message)}` : ''}`,
        );
    },
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, ' '.repeat(12));
}
