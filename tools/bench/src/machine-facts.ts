import { cpus, loadavg, totalmem } from 'node:os';

const gibibyte = 2 ** 30;

/** What a figure depends on besides the code: one line for the head of every table. */
export function machineFacts(): string {
  const [first] = cpus();
  const [load = 0] = loadavg();
  const memory = `${(totalmem() / gibibyte).toFixed(1)} GiB`;
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}, load ${load.toFixed(1)}`;
}
