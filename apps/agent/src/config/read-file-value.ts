import { readFileSync } from 'node:fs';
import { AgentError } from '../agent-error.ts';
import { type Environment, textOf, type VariableName } from './config-variables.ts';
import { Secret } from './secret.ts';

/** The trimmed text of the file that the variable names, or undefined when the variable is not set. */
export function readFileValue(env: Environment, name: VariableName): string | undefined {
  const path = textOf(env, name);
  return path === undefined ? undefined : readTrimmed(path, name);
}

export function readSecret(env: Environment, name: VariableName): Secret | undefined {
  const text = readFileValue(env, name);
  return text === undefined || text === '' ? undefined : new Secret(text);
}

function readTrimmed(path: string, name: VariableName): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new AgentError(
      'config-invalid',
      { subject: name, value: path, allowed: 'the path of a readable file' },
      { cause },
    );
  }
}
