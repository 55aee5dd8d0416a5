import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { listCgroupTrees } from '../machine/cgroups.ts';
import { findProcesses } from '../processes/find-processes.ts';
import { tryProgram } from '../run-program.ts';

/** What a cluster could leave on this machine, as sorted lists of words. */
export interface HostSnapshot {
  readonly processes: readonly string[];
  readonly mounts: readonly string[];
  readonly links: readonly string[];
  readonly networkNamespaces: readonly string[];
  readonly cgroups: readonly string[];
  readonly packetRules: readonly string[];
}

export async function takeSnapshot(): Promise<HostSnapshot> {
  return {
    processes: findProcesses().map(({ pid, name }) => `${name} (${pid})`),
    mounts: (await listMounts()).toSorted(),
    links: (await listLinks()).toSorted(),
    networkNamespaces: existsSync('/run/netns') ? readdirSync('/run/netns').toSorted() : [],
    cgroups: listCgroupTrees(),
    packetRules: await listPacketRules(),
  };
}

/** What is in the second snapshot and not in the first, or the other way round, a line each. */
export function compareSnapshots(before: HostSnapshot, after: HostSnapshot): readonly string[] {
  const kinds = Object.keys(before) as readonly (keyof HostSnapshot)[]; // The keys of an interface are no type of Object.keys.
  return kinds.flatMap((kind) => [
    ...subtract(after[kind], before[kind]).map((entry) => `${kind}: ${entry} was left`),
    ...subtract(before[kind], after[kind]).map((entry) => `${kind}: ${entry} is gone`),
  ]);
}

function subtract(from: readonly string[], what: readonly string[]): readonly string[] {
  return from.filter((entry) => !what.includes(entry));
}

async function listMounts(): Promise<readonly string[]> {
  return (await readFile('/proc/self/mounts', 'utf8')).trim().split('\n');
}

async function listLinks(): Promise<readonly string[]> {
  const { stdout } = await tryProgram(['ip', '-json', 'link']);
  const links: readonly { readonly ifname: string }[] = JSON.parse(stdout || '[]');
  return links.map(({ ifname }) => ifname);
}

/** Without counters, which every packet changes. */
async function listPacketRules(): Promise<readonly string[]> {
  const { stdout } = await tryProgram(['iptables-save']);
  return stdout.split('\n').filter((line) => line !== '' && !/^[#:]/.test(line));
}
