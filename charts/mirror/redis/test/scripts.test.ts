import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findHelm, renderChart } from '@task-api/helm';
import { dependencyLanes } from '@task-api/helm/testing';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const { mirror } = await dependencyLanes({ root, helm, name: 'redis' });
const scripts = await renderScripts({ auth: { existingSecret: 'credentials' } });
const password = `p"a\\s$ w'ord`;

const pods: string[] = [];
afterAll(() => {
  for (const pod of pods) rmSync(pod, { recursive: true });
});

/** Paths in a container that lie below the pod's folder here. */
const containerPaths = /\/(?=opt\/bitnami|health\/)/g;
let pod: string;

beforeEach(() => {
  pod = mkdtempSync(join(tmpdir(), 'task-api-redis-'));
  pods.push(pod);
  for (const folder of [
    'bin',
    'health',
    'opt/bitnami/redis/etc',
    'opt/bitnami/redis/mounted-etc',
    'opt/bitnami/redis/secrets',
  ])
    mkdirSync(join(pod, folder), { recursive: true });
  for (const [name, text] of Object.entries(scripts.configuration))
    writeFileSync(join(pod, 'opt/bitnami/redis/mounted-etc', name), text);
  for (const [name, text] of Object.entries({ ...scripts.health, ...scripts.start }))
    writeScript(`health/${name}`, text);
  writeScript('bin/redis-server', '#!/bin/bash\ncat "$1"; shift; printf "flag %s\\n" "$@"');
});

describe('start-master.sh', () => {
  it('gives Redis the configuration, the port and the password, whatever characters it has', () => {
    const { stdout, stderr } = run('start-master.sh', { REDIS_PORT: '6379', REDIS_PASSWORD: password });
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'appendonly yes',
        'dir /data',
        'rename-command FLUSHALL ""',
        'port 6379',
        String.raw`requirepass "p\"a\\s$ w'ord"`,
        String.raw`masterauth "p\"a\\s$ w'ord"`,
      ]),
    );
  });

  it('reads the password from a file', () => {
    const file = join(pod, 'opt/bitnami/redis/secrets/redis-password');
    writeFileSync(file, 'from-a-file');
    const { stdout } = run('start-master.sh', { REDIS_PORT: '6379', REDIS_PASSWORD_FILE: file });
    expect(stdout).toContain('requirepass "from-a-file"');
  });

  it('keeps the password from other users', () => {
    run('start-master.sh', { REDIS_PORT: '6379', REDIS_PASSWORD: password });
    const conf = join(pod, 'opt/bitnami/redis/etc/start.conf');
    expect(spawnSync('stat', ['--format=%a', conf], { encoding: 'utf8' }).stdout.trim()).toBe('600');
  });

  it('does not start Redis without its configuration', () => {
    rmSync(join(pod, 'opt/bitnami/redis/mounted-etc/master.conf'));
    expect(run('start-master.sh', { REDIS_PORT: '6379', REDIS_PASSWORD: 'p' })).toMatchObject({
      status: 1,
      stdout: '',
    });
  });

  it('opens Redis to everybody when there is no password', async () => {
    const open = await renderScripts({ auth: { enabled: false }, master: { extraFlags: ['--loglevel', "it's"] } });
    writeScript('health/start-master.sh', open.start['start-master.sh'] ?? '');
    const { stdout } = run('start-master.sh', { REDIS_PORT: '6379' });
    expect(stdout).toContain("protected-mode no\nflag --loglevel\nflag it's\n");
    expect(stdout).not.toContain('requirepass');
  });
});

describe('start-replica.sh', () => {
  it('follows the master and tells it a name that outlives the pod', () => {
    const { stdout } = run('start-replica.sh', {
      HOSTNAME: 'task-api-redis-replicas-0',
      REDIS_PORT: '6379',
      REDIS_PASSWORD: 'own',
      REDIS_MASTER_PASSWORD: 'of-master',
      REDIS_MASTER_HOST: 'master.example',
      REDIS_MASTER_PORT_NUMBER: '6380',
    });
    expect(stdout).toContain('requirepass "own"\nmasterauth "of-master"\n');
    expect(stdout).toContain('replicaof master.example 6380\n');
    expect(stdout).toContain(
      'replica-announce-ip task-api-redis-replicas-0.task-api-redis-headless.agents.svc.cluster.local\n',
    );
  });
});

describe('the probes', () => {
  const env = {
    REDIS_PORT: '6379',
    REDIS_PASSWORD: password,
    REDIS_MASTER_HOST: 'm',
    REDIS_MASTER_PORT_NUMBER: '6380',
  };
  /** What Redis answers at a host. */
  const answer = (text: string, host = '*') =>
    writeScript('bin/redis-cli', `#!/bin/bash\ncase $2 in ${host}) echo "${text}";; *) echo PONG;; esac`);
  const exitOf = (script: string) => run(script, env, ['1']).status;

  it('take PONG for ready and alive', () => {
    answer('PONG');
    expect(exitOf('ping_readiness_local.sh')).toBe(0);
    expect(exitOf('ping_liveness_local_and_master.sh')).toBe(0);
  });

  it.each(['LOADING Redis is loading the dataset in memory', 'MASTERDOWN Link with MASTER is down'])(
    'take "%s" for alive but not ready',
    (text) => {
      answer(text);
      expect(exitOf('ping_liveness_local.sh')).toBe(0);
      expect(exitOf('ping_readiness_local.sh')).toBe(1);
    },
  );

  it('say what Redis answered instead', () => {
    answer('WRONGPASS invalid username-password pair');
    expect(run('ping_liveness_local.sh', env, ['1'])).toMatchObject({
      status: 1,
      stdout: 'local: WRONGPASS invalid username-password pair\n',
    });
  });

  it('log in with the password', () => {
    writeScript('bin/redis-cli', '#!/bin/bash\n[[ $REDISCLI_AUTH == "$REDIS_PASSWORD" ]] && echo PONG');
    expect(exitOf('ping_readiness_local.sh')).toBe(0);
  });

  it('give up in time', () => {
    writeScript('bin/redis-cli', '#!/bin/bash\nsleep 5');
    expect(run('ping_readiness_local.sh', env, ['0.1'])).toMatchObject({
      status: 1,
      stdout: 'local: no answer within 0.1 s\n',
    });
  });

  it('of a replica fail when the master does not answer', () => {
    answer('Could not connect to Redis', 'm');
    expect(exitOf('ping_readiness_local.sh')).toBe(0);
    expect(exitOf('ping_readiness_local_and_master.sh')).toBe(1);
  });
});

function writeScript(path: string, text: string): void {
  writeFileSync(join(pod, path), text.replaceAll(containerPaths, `${pod}/`));
  chmodSync(join(pod, path), 0o755);
}

function run(script: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const PATH = `${join(pod, 'bin')}:/usr/bin:/bin`;
  const { status, stdout, stderr } = spawnSync(join(pod, 'health', script), args, {
    env: { PATH, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

type Files = Readonly<Record<string, string>>;

async function renderScripts(values: object): Promise<Readonly<Record<'configuration' | 'health' | 'start', Files>>> {
  const request = { chart: mirror, releaseName: 'task-api', namespace: 'agents', values: [JSON.stringify(values)] };
  const { manifest } = await renderChart(helm, request);
  const objects: readonly { readonly metadata: { readonly name: string }; readonly data: Files }[] = parseAllDocuments(
    manifest,
  ).map((document) => document.toJS());
  const dataOf = (name: string) =>
    objects.find(({ metadata }) => metadata.name === `task-api-redis-${name}`)?.data ?? {};
  return { configuration: dataOf('configuration'), health: dataOf('health'), start: dataOf('scripts') };
}
