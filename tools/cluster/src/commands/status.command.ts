import { readFileSync } from 'node:fs';
import Table from 'cli-table3';
import { clusterLayout } from '../cluster-layout.ts';
import { findMissingParts } from '../cluster-parts.ts';
import { readRunningState } from '../cluster-state.ts';
import type { CommandIo } from '../command-io.ts';
import { listRemains } from '../down-cluster.ts';
import { type FoundProcess, findProcesses } from '../processes/find-processes.ts';

export interface StatusOptions {
  readonly json?: boolean;
}

/** What runs of the cluster, and what it takes. */
export interface ClusterStatus {
  readonly isUp: boolean;
  readonly kubeconfig?: string;
  readonly nodes?: number;
  readonly bootMs?: number;
  readonly processes: readonly ProcessStatus[];
  /** Parts that do not run and should. */
  readonly missing: readonly string[];
  /** What is there of a cluster that is not up. */
  readonly remains: readonly string[];
}

interface ProcessStatus {
  readonly name: string;
  readonly pid: number;
  readonly memoryMiB: number;
}

/** `cluster status`: 0 when the whole cluster is up, else 1. */
export async function status({ json }: StatusOptions, io: CommandIo): Promise<number> {
  const found = await readStatus();
  io.stdout.write(json === true ? `${JSON.stringify(found, undefined, 2)}\n` : describe(found));
  return found.isUp ? 0 : 1;
}

export async function readStatus(): Promise<ClusterStatus> {
  const state = await readRunningState();
  const processes = findProcesses().map(describeProcess);
  if (state === undefined) return { isUp: false, processes, missing: [], remains: listRemains() };
  const { nodeCount: nodes, bootMs } = state;
  const missing = findMissingParts(nodes).others;
  const { kubeconfig } = clusterLayout;
  return { isUp: missing.length === 0, kubeconfig, nodes, bootMs, processes, missing, remains: [] };
}

function describe({ isUp, kubeconfig, nodes, bootMs, processes, missing, remains }: ClusterStatus): string {
  if (missing.length > 0)
    return `a cluster is running without ${missing.join(', ')}; remove it with \`npm run cluster -- down\`\nKUBECONFIG=${kubeconfig}\n`;
  if (!isUp && remains.length === 0) return 'no cluster is running; start one with `npm run cluster -- up`\n';
  if (!isUp) return `a cluster is half there; remove it with \`npm run cluster -- down\`:\n  ${remains.join('\n  ')}\n`;
  const table = new Table({ head: ['program', 'pid', 'MiB'], style: { head: [], border: [], compact: true } });
  for (const { name, pid, memoryMiB } of processes) table.push([name, pid, memoryMiB]);
  const total = processes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  const boot = ((bootMs ?? 0) / 1000).toFixed(1);
  return `${nodes} node(s), up in ${boot} s, ${total} MiB without pods\nKUBECONFIG=${kubeconfig}\n${table.toString()}\n`;
}

/** Memory that is this process's own: what others have mapped as well counts in shares. */
function describeProcess({ pid, name, program }: FoundProcess): ProcessStatus {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? '0';
  const label = name.endsWith(program) ? name : `${name} (${program})`;
  return { name: label, pid, memoryMiB: Math.round(Number(kilobytes) / 1024) };
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended since it was listed.
    return '';
  }
}
