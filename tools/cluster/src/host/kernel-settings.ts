import { readFileSync } from 'node:fs';

/**
 * What a kubelet wants of its kernel and would set for the whole machine (`setupKernelTunables` in its container
 * manager). Each node shows its kubelet these values; the machine's own stay as they are.
 */
export const kubeletSettings: Readonly<Record<string, number>> = {
  '/proc/sys/vm/overcommit_memory': 1,
  '/proc/sys/vm/panic_on_oom': 0,
  '/proc/sys/kernel/panic': 10,
  '/proc/sys/kernel/panic_on_oops': 1,
  '/proc/sys/kernel/keys/root_maxkeys': 1_000_000,
  '/proc/sys/kernel/keys/root_maxbytes': 25_000_000,
};

/** The values of this machine, a line each. */
export function listKernelSettings(): readonly string[] {
  return Object.keys(kubeletSettings).map((path) => `${path} = ${readFileSync(path, 'utf8').trim()}`);
}
