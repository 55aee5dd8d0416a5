import { readFileSync } from 'node:fs';
import type { MemoryFigures } from '../report/run-report.ts';

const sampleMs = 1000;

/** Watches how much memory of the machine is in use, until stopped. */
export function watchMemory(): { stop(): MemoryFigures } {
  const beforeBytes = usedBytes();
  let peakBytes = beforeBytes;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, usedBytes());
  }, sampleMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return { beforeBytes, peakBytes };
    },
  };
}

/** What programs hold; the page cache, which the kernel gives back, is left out. */
function usedBytes(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return 1024 * (kibibytes('MemTotal') - kibibytes('MemAvailable'));
}
