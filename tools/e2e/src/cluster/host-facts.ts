import { readdirSync, readFileSync } from 'node:fs';
import { runProgram } from '../run/run-program.ts';

/** What a cluster could leave behind on a machine, as lines that can be compared. */
export type HostFacts = Readonly<Record<'mounts' | 'links' | 'cgroups' | 'packet filter', readonly string[]>>;

/** Mounts, network links, cgroups and rules of this machine. */
export async function readHostFacts(): Promise<HostFacts> {
  return {
    mounts: linesOf(readFileSync('/proc/self/mounts', 'utf8')),
    links: readdirSync('/sys/class/net'),
    cgroups: listFolders('/sys/fs/cgroup'),
    'packet filter': await packetFilter(),
  };
}

/** What is there afterwards and was not before. */
export function newHostFacts(before: HostFacts, after: HostFacts): readonly string[] {
  return Object.entries(after).flatMap(([what, lines]) => {
    const known = new Set(before[what as keyof HostFacts]); // Both have the same keys, by their type.
    return lines.filter((line) => !known.has(line)).map((line) => `${what}: ${line}`);
  });
}

const deepestCgroup = 3;

/** Deeper ones are the business of whoever made the outer ones, and come and go with processes. */
function listFolders(path: string, depth = deepestCgroup): readonly string[] {
  if (depth === 0) return [];
  const folders = readFolder(path).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => [`${path}/${name}`, ...listFolders(`${path}/${name}`, depth - 1)]);
}

/** A cgroup may end while it is looked at. */
function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Counters and times differ from one moment to the next. */
async function packetFilter(): Promise<readonly string[]> {
  const result = await runProgram(['iptables-save']).catch(() => undefined);
  return linesOf(result?.stdout ?? '').flatMap((line) => (/^#/.test(line) ? [] : [line.replace(/\[\d+:\d+\]/, '')]));
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(Boolean);
}
