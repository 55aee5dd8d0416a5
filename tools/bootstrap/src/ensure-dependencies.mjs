import { BootstrapError } from './bootstrap-error.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { isInstalled, stampInstalled } from './installed-tree.mjs';

const oldestNode = 20;

/**
 * Makes node_modules what package-lock.json says; does nothing when it is.
 *
 * @param {string} root
 * @param {import('./install-dependencies.mjs').Surroundings} surroundings
 */
export async function ensureDependencies(root, surroundings) {
  if (isInstalled(root)) return;
  if (majorOf(process.versions.node) < oldestNode)
    throw new BootstrapError('node-too-old', { value: process.versions.node });
  await installDependencies(root, surroundings);
  stampInstalled(root);
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split('.')[0]);
}
