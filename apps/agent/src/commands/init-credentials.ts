import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentContract } from '@task-api/contract';
import { AgentError } from '../agent-error.ts';
import { textOf, type VariableName } from '../config/config-variables.ts';
import { isError } from '../is-error.ts';
import { type CommandIo, type ExitCode, exitCodes } from './command-io.ts';

export interface InitCredentialsOptions {
  /** @default where Kubernetes mounts the service account */
  readonly serviceAccountDirectory?: string;
  /** @default 60000: Kubernetes' API may be unreachable for a moment after a pod's start */
  readonly patienceMs?: number;
}

const generatedKeys = ['postgresAdminPassword', 'databasePassword', 'replicationPassword', 'redisPassword'] as const;

/**
 * `init-credentials`: creates the Secret with random passwords unless it exists. It only ever creates, so the
 * service account needs no right to read Secrets, and an existing password is never changed.
 */
export async function initCredentials(io: CommandIo, options: InitCredentialsOptions = {}): Promise<ExitCode> {
  const name = required(io, 'CREDENTIALS_SECRET_NAME');
  const namespace = required(io, 'POD_NAMESPACE');
  const api = await readApiAccess(
    io,
    options.serviceAccountDirectory ?? '/var/run/secrets/kubernetes.io/serviceaccount',
  );
  const status = await createPatiently(api, { namespace, secret: secretManifest(name) }, options.patienceMs ?? 60_000);
  io.print(
    status === 201 ? `Secret ${namespace}/${name} created` : `Secret ${namespace}/${name} exists and is left as it is`,
  );
  return exitCodes.ok;
}

function required({ env }: CommandIo, name: VariableName): string {
  const text = textOf(env, name);
  if (text === undefined)
    throw new AgentError('config-invalid', {
      subject: name,
      value: 'not set',
      allowed: 'the name of a Kubernetes object',
    });
  return text;
}

interface ApiAccess {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly ca: string;
}

async function readApiAccess({ env }: CommandIo, directory: string): Promise<ApiAccess> {
  const host = env.KUBERNETES_SERVICE_HOST;
  if (!host)
    throw new AgentError('config-invalid', {
      subject: 'KUBERNETES_SERVICE_HOST',
      value: 'not set',
      allowed: 'set by Kubernetes: run this inside a pod',
    });
  const [token, ca] = await Promise.all([
    readFile(join(directory, 'token'), 'utf8'),
    readFile(join(directory, 'ca.crt'), 'utf8'),
  ]);
  return { host, port: Number(env.KUBERNETES_SERVICE_PORT ?? 443), token: token.trim(), ca };
}

function secretManifest(name: string) {
  const data = generatedKeys.map((key) => [agentContract.credentialKeys[key], randomPassword()] as const);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      labels: { 'app.kubernetes.io/part-of': 'task-api', 'app.kubernetes.io/component': 'credentials' },
    },
    type: 'Opaque',
    stringData: Object.fromEntries(data),
  };
}

/** Letters and digits only: the password also stands in URLs and shell scripts of the images. */
function randomPassword(): string {
  return randomBytes(48)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 32);
}

interface Creation {
  readonly namespace: string;
  readonly secret: ReturnType<typeof secretManifest>;
}

async function createPatiently(api: ApiAccess, creation: Creation, patienceMs: number): Promise<201 | 409> {
  const giveUpAt = Date.now() + patienceMs;
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, 5000)) {
    const answer = await post(api, creation).catch((error: unknown) => ({
      status: 0,
      detail: isError(error) ? error.message : 'failed',
    }));
    if (answer.status === 201 || answer.status === 409) return answer.status;
    const isTransient = answer.status === 0 || answer.status === 429 || answer.status >= 500;
    if (!isTransient || Date.now() > giveUpAt) throw refusal(answer, creation);
    await sleep(pauseMs);
  }
}

interface ApiAnswer {
  readonly status: number;
  readonly detail: string;
}

function refusal({ status, detail }: ApiAnswer, { namespace, secret }: Creation): Error {
  return new Error(
    `Secret ${namespace}/${secret.metadata.name} could not be created: the Kubernetes API answered ${status} (${detail})`,
  );
}

function post({ host, port, token, ca }: ApiAccess, { namespace, secret }: Creation): Promise<ApiAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>();
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
  const call = request({ host, port, ca, path, method: 'POST', headers, timeout: 10_000 }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, detail: reasonIn(Buffer.concat(chunks).toString()) }),
    );
    response.on('error', reject);
  });
  call.on('timeout', () => call.destroy(new Error('no answer in 10000 ms')));
  call.on('error', reject);
  call.end(JSON.stringify(secret));
  return promise;
}

/** The status object's message; never the body, which may repeat the Secret. */
function reasonIn(text: string): string {
  try {
    const status: unknown = JSON.parse(text);
    const isStatus =
      typeof status === 'object' &&
      status !== null &&
      'kind' in status &&
      status.kind === 'Status' &&
      'reason' in status;
    return isStatus ? String(status.reason) : 'no reason given';
  } catch {
    return 'no reason given';
  }
}
