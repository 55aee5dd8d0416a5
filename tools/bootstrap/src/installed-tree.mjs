import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages
 */

/**
 * Whether node_modules holds what package-lock.json says. The stamp answers at once; without it npm's own record
 * of what it installed does, so that an `npm ci` by hand is not repeated.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  if (readOrEmpty(stampFile(root)) === lockDigest(root)) return true;
  const isComplete =
    existsSync(recordFile(root)) && holds(readPackages(recordFile(root)), readPackages(lockFile(root)));
  if (isComplete) stampInstalled(root);
  return isComplete;
}

/**
 * Records that the tree is complete. An interrupted install leaves no stamp, because npm ci starts by emptying node_modules.
 *
 * @param {string} root
 */
export function stampInstalled(root) {
  writeFileSync(stampFile(root), lockDigest(root));
}

/**
 * Whether an installed tree holds every locked package, apart from optional ones of other platforms, and no other version.
 *
 * @param {LockedPackages} installed
 * @param {LockedPackages} locked
 */
export function holds(installed, locked) {
  const isWanted = Object.entries(installed).every(([path, found]) => isSame(found, locked[path]));
  const isComplete = Object.entries(locked).every(([path, wanted]) => path in installed || isDispensable(path, wanted));
  return isWanted && isComplete;
}

/**
 * @param {LockedPackage} found
 * @param {LockedPackage | undefined} wanted
 */
function isSame(found, wanted) {
  return wanted !== undefined && found.version === wanted.version && found.integrity === wanted.integrity;
}

/** npm's record leaves out the workspaces' own folders and keeps the links to them.
 *
 * @param {string} path
 * @param {LockedPackage} wanted
 */
function isDispensable(path, wanted) {
  return !path.includes('node_modules/') || wanted.optional === true || wanted.devOptional === true;
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {string} root */
function lockDigest(root) {
  const place = `${process.platform} ${process.arch}`;
  return createHash('sha256')
    .update(place)
    .update(readFileSync(lockFile(root)))
    .digest('hex');
}

/** @param {string} file */
function readOrEmpty(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** @param {string} root */
function lockFile(root) {
  return join(root, 'package-lock.json');
}

/** @param {string} root */
function recordFile(root) {
  return join(root, 'node_modules/.package-lock.json');
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules/.installed-lock');
}
