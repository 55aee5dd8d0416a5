import { setTimeout as sleep } from 'node:timers/promises';
import { type GaugeValues, readGauges } from './read-gauges.ts';

export interface Reading {
  readonly atMs: number;
  readonly values: GaugeValues;
}

export interface WatchOptions {
  readonly url: string;
  readonly intervalMs: number;
  readonly durationMs: number;
  readonly onReading: (reading: Reading) => void;
}

/** Reads the gauges of a process at intervals, for a while. */
export async function watchGauges({
  url,
  intervalMs,
  durationMs,
  onReading,
}: WatchOptions): Promise<readonly Reading[]> {
  const startedAtMs = performance.now();
  const readings: Reading[] = [];
  for (let dueMs = 0; dueMs <= durationMs; dueMs += intervalMs) {
    await sleep(Math.max(0, startedAtMs + dueMs - performance.now()));
    const reading = { atMs: performance.now() - startedAtMs, values: await readOnce(url) };
    readings.push(reading);
    onReading(reading);
  }
  return readings;
}

/** Reads the gauges of a process now. */
export async function readOnce(url: string): Promise<GaugeValues> {
  const response = await fetch(`${url}/metrics`);
  return readGauges(await response.text());
}
