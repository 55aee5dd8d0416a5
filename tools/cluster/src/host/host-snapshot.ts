import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { clusterLayout } from '../cluster-layout.ts';
import { buildsDirectory } from '../components/build-component.ts';
import { listCgroupTrees } from '../machine/cgroups.ts';
import { findProcesses, findProcessesNaming } from '../processes/find-processes.ts';
import { runProgram } from '../run-program.ts';
import { listPlaces } from './borrowed-places.ts';
import { listKernelSettings } from './kernel-settings.ts';

/** What a cluster could leave on this machine, as sorted lists of words. */
export interface HostSnapshot {
  /** Those of the cluster by their mark, and whoever names a path of the cluster. */
  readonly processes: readonly string[];
  readonly mounts: readonly string[];
  readonly links: readonly string[];
  readonly networkNamespaces: readonly string[];
  readonly cgroups: readonly string[];
  readonly packetRules: readonly string[];
  /** Directories that the machine may or may not have had before. */
  readonly directories: readonly string[];
  readonly kernelSettings: readonly string[];
}

export async function takeSnapshot(): Promise<HostSnapshot> {
  return {
    processes: listProcesses(),
    mounts: (await listMounts()).toSorted(),
    links: (await listLinks()).toSorted(),
    networkNamespaces: existsSync('/run/netns') ? readdirSync('/run/netns').toSorted() : [],
    cgroups: listCgroupTrees(),
    packetRules: await listPacketRules(),
    directories: listPlaces(),
    kernelSettings: listKernelSettings(),
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

function listProcesses(): readonly string[] {
  const marked = findProcesses();
  const named = findProcessesNaming([clusterLayout.stateDirectory, clusterLayout.runtimeDirectory, buildsDirectory]);
  const others = named.filter(({ pid }) => !marked.some((process) => process.pid === pid));
  return [...marked, ...others].map(({ pid, name }) => `${name} (${pid})`);
}

async function listMounts(): Promise<readonly string[]> {
  return (await readFile('/proc/self/mounts', 'utf8')).trim().split('\n');
}

async function listLinks(): Promise<readonly string[]> {
  const links: readonly { readonly ifname: string }[] = JSON.parse(await runProgram(['ip', '-json', 'link']));
  return links.map(({ ifname }) => ifname);
}

/** Without counters, which every packet changes. */
async function listPacketRules(): Promise<readonly string[]> {
  const stdout = await runProgram(['iptables-save']);
  return stdout.split('\n').filter((line) => line !== '' && !/^[#:]/.test(line));
}
