import { agentContract } from '@task-api/contract';
import { AgentError } from '../agent-error.ts';

export type VariableName = keyof typeof agentContract.environment;
export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly type: 'integer' | 'string' | 'url' | 'path' | 'boolean';
  readonly default?: string;
  readonly meaning: string;
}

const variables: Readonly<Record<VariableName, Variable>> = agentContract.environment;

/** The variable's text, or the default of the contract; an empty variable counts as absent. */
export function textOf(env: Environment, name: VariableName): string | undefined {
  return env[name] || variables[name].default;
}

export function integerOf(env: Environment, name: VariableName, range: readonly [number, number]): number {
  const text = textOf(env, name) ?? '';
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range[0] && value <= range[1]) return value;
  throw new AgentError('config-invalid', {
    subject: name,
    value: text,
    allowed: `a whole number from ${range[0]} to ${range[1]}`,
  });
}

export function choiceOf<Choice extends string>(
  env: Environment,
  name: VariableName,
  choices: readonly Choice[],
): Choice {
  const text = textOf(env, name);
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new AgentError('config-invalid', { subject: name, value: text, allowed: choices.join(', ') });
}

export function urlOf(env: Environment, name: VariableName, protocols: readonly string[]): URL | undefined {
  const text = textOf(env, name);
  return text === undefined ? undefined : parseUrl(text.trim(), name, protocols);
}

/** @throws AgentError that never repeats the text, which may hold a password */
export function parseUrl(text: string, name: VariableName, protocols: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && protocols.includes(url.protocol)) return url;
  const value = url === undefined ? 'no URL' : `a URL of ${url.protocol}`;
  throw new AgentError('config-invalid', {
    subject: name,
    value,
    allowed: protocols.map((protocol) => `${protocol}//…`).join(' or '),
  });
}
