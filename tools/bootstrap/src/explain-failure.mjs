import { BootstrapError } from './bootstrap-error.mjs';

/** @type {readonly (readonly [pattern: RegExp, rule: string])[]} */
const causes = [
  [/EUSAGE|in sync/, 'lock-out-of-date'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/,
    'registry-unreachable',
  ],
  [/ENOSPC/, 'disk-full'],
  [/EACCES|EPERM|EROFS/, 'not-writable'],
];

const interruptedCode = 130;

/**
 * Turns the end of a failed `npm ci` into the message that helps.
 *
 * @param {import('./install-dependencies.mjs').Outcome} outcome
 */
export function explainFailure({ code, signal, output }) {
  if (signal !== null || code === interruptedCode || /npm error signal SIG(INT|TERM)/.test(output)) {
    return new BootstrapError('interrupted');
  }
  const [, rule = 'install-failed'] = causes.find(([pattern]) => pattern.test(output)) ?? [];
  return new BootstrapError(rule, { detail: lastLines(output) });
}

const linesShown = 12;

/** @param {string} output */
function lastLines(output) {
  return output
    .trim()
    .split('\n')
    .slice(-linesShown)
    .map((line) => `  ${line}`)
    .join('\n');
}
