import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import type { Colors } from 'picocolors/types.js';
import { labelWidth, type ProgressLog, progressLog } from './progress-log.ts';

export interface LiveProgress extends ProgressLog {
  /** Takes away what is drawn, so that whatever is printed next stands below the lines. */
  stop(): void;
}

export interface LiveProgressOptions {
  readonly stream: WriteStream;
  readonly colors: Colors;
  /** @default the clock */
  readonly now?: () => number;
}

interface Running {
  readonly startedAtMs: number;
  step: string;
}

const redrawMs = 1000;

/** For a terminal: lines of what has ended scroll by, and below them stands what every running scenario is at. */
export function liveProgress({ stream, colors, now = Date.now }: LiveProgressOptions): LiveProgress {
  const running = new Map<string, Running>();
  const drawing = createLogUpdate(stream);
  const draw = () => drawing(describeRunning(running, { colors, nowMs: now() }));
  const write = (text: string) => {
    drawing.clear();
    stream.write(text);
    draw();
  };
  const log = progressLog({ write, colors, now });
  const timer = setInterval(draw, redrawMs).unref();
  return {
    ...log,
    started: (label) => {
      running.set(label, { startedAtMs: now(), step: 'begins' });
      draw();
    },
    step: (label, title) => {
      running.set(label, { startedAtMs: running.get(label)?.startedAtMs ?? now(), step: title });
      draw();
    },
    ended: (label, report) => {
      running.delete(label);
      log.ended(label, report);
    },
    stop: () => {
      clearInterval(timer);
      drawing.clear();
    },
  };
}

interface Drawing {
  readonly colors: Colors;
  readonly nowMs: number;
}

function describeRunning(running: ReadonlyMap<string, Running>, { colors, nowMs }: Drawing): string {
  const lines = [...running].map(([label, { startedAtMs, step }]) => {
    const seconds = `${Math.round((nowMs - startedAtMs) / 1000)} s`.padStart(8);
    return `${colors.dim(seconds)}  ${colors.cyan('▶')} ${label.padEnd(labelWidth)} ${step}`;
  });
  return lines.join('\n');
}
