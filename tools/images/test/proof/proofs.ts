import { deepStrictEqual, match, rejects } from 'node:assert/strict';
import type { ImageRole } from '../../src/image-archive.ts';
import { type ContainerMachine, type ContainerRequest, waitFor } from './container-machine.ts';

export interface ProofContext {
  readonly machine: ContainerMachine;
  readonly references: Readonly<Record<ImageRole, string>>;
}

/** What a release counts on, in the order in which it is shown; later ones use the servers of earlier ones. */
export interface Proof {
  readonly claim: string;
  readonly show: (context: ProofContext) => Promise<void>;
}

const databaseUid = 1001;
const volume = '/bitnami/postgresql';
const secrets = '/opt/bitnami/postgresql/secrets';

/** Characters that a shell, SQL, a URL or a password file would trip over. */
const password = `p'a"s\\s:w$o rd`;

const replication = {
  POSTGRES_REPLICATION_USER: 'repl_user',
  POSTGRES_REPLICATION_PASSWORD_FILE: `${secrets}/replication-password`,
  POSTGRES_CLUSTER_APP_NAME: 'my_application',
};

function primary({ references }: ProofContext): ContainerRequest {
  return {
    name: 'primary',
    image: references.postgresql,
    mounts: { [volume]: 'data/primary', [secrets]: 'secrets', '/tmp': 'data/tmp' },
    env: {
      POSTGRES_USER: 'task_api',
      POSTGRES_DATABASE: 'task_api',
      POSTGRES_PASSWORD_FILE: `${secrets}/password`,
      POSTGRES_POSTGRES_PASSWORD_FILE: `${secrets}/postgres-password`,
      POSTGRES_REPLICATION_MODE: 'master',
      POSTGRESQL_SHARED_PRELOAD_LIBRARIES: 'pgaudit',
      ...replication,
    },
  };
}

function replica({ references }: ProofContext): ContainerRequest {
  return {
    name: 'replica',
    image: references.postgresql,
    mounts: { [volume]: 'data/replica', [secrets]: 'secrets', '/opt/bitnami/postgresql/tmp': 'data/replica-tmp' },
    env: {
      POSTGRESQL_PORT_NUMBER: '5433',
      POSTGRES_REPLICATION_MODE: 'slave',
      POSTGRES_MASTER_HOST: '127.0.0.1',
      POSTGRES_MASTER_PORT_NUMBER: '5432',
      POSTGRES_PASSWORD_FILE: `${secrets}/password`,
      ...replication,
    },
  };
}

const isReady = 'exec pg_isready -U task_api -d "dbname=task_api" -h 127.0.0.1 -p 5432';
const asUser = `PGPASSWORD="$(cat ${secrets}/password)" psql -h 127.0.0.1 -U task_api -d task_api -Atc`;
const asAdmin = `PGPASSWORD="$(cat ${secrets}/postgres-password)" psql -U postgres -Atc`;

export const proofs: readonly Proof[] = [
  {
    claim: 'a first start of PostgreSQL that is killed halfway begins again',
    async show(context) {
      const { machine } = context;
      await prepareVolumes(machine);
      await machine.start(primary(context));
      await waitFor('the marker of a first start', () => machine.exec('primary', `test -e ${volume}/.data.unfinished`));
      await machine.stop('primary', 'SIGKILL');
      await machine.start(primary(context));
      await waitFor('PostgreSQL', () => machine.exec('primary', isReady));
      match(await machine.log('primary'), /the first start was cut short; it begins again/);
    },
  },
  {
    claim: 'PostgreSQL has the user, the database and the passwords of the files, and refuses others',
    async show({ machine }) {
      const owner = "select nspowner::regrole from pg_namespace where nspname = 'public'";
      deepStrictEqual(await machine.exec('primary', `${asUser} "${owner}"`), 'task_api\n');
      deepStrictEqual(await machine.exec('primary', `${asAdmin} "show shared_preload_libraries"`), 'pgaudit\n');
      await rejects(
        machine.exec('primary', 'PGPASSWORD=other psql -h 127.0.0.1 -U task_api -c "select 1"'),
        /password authentication failed/,
      );
    },
  },
  {
    claim: 'no password is an argument or an environment variable of PostgreSQL, or in its log',
    async show({ machine }) {
      const processes = "cat /proc/[0-9]*/cmdline /proc/1/environ | tr '\\0' '\\n'";
      const seen = `${await machine.exec('primary', processes)}${await machine.log('primary')}`;
      deepStrictEqual(
        [password, 'admin', 'repl:'].filter((secret) => seen.includes(`${secret}-secret`)),
        [],
      );
    },
  },
  {
    claim: 'a replica copies its primary and follows it',
    async show(context) {
      const { machine } = context;
      await machine.exec('primary', `${asUser} "create table proof as select 42 as answer"`);
      await machine.start(replica(context));
      const ask = `${asUser.replace('127.0.0.1', '127.0.0.1 -p 5433')} "select answer, pg_is_in_recovery() from proof"`;
      deepStrictEqual(await waitFor('the replica', () => machine.exec('replica', ask)), '42|t\n');
      const standbys = 'select application_name, state from pg_stat_replication';
      deepStrictEqual(await machine.exec('primary', `${asAdmin} "${standbys}"`), 'my_application|streaming\n');
    },
  },
  {
    claim: 'PostgreSQL keeps what was committed over a kill',
    async show(context) {
      const { machine } = context;
      await machine.stop('primary', 'SIGKILL');
      await machine.start(primary(context));
      const ask = `${asUser} "select answer from proof"`;
      deepStrictEqual(await waitFor('PostgreSQL', () => machine.exec('primary', ask)), '42\n');
      await machine.stop('replica', 'SIGINT');
    },
  },
  {
    claim: 'the agent migrates and serves, the toolbox reaches it, and PostgreSQL stops under its open connections',
    async show({ machine, references }) {
      const agent = {
        image: references.agent,
        mounts: { '/etc/proof': 'secrets', '/tmp': 'data/agent-tmp' },
        env: {
          DATABASE_URL: 'postgres://task_api@127.0.0.1:5432/task_api',
          DATABASE_PASSWORD_FILE: '/etc/proof/password',
          CACHE_ENABLED: 'false',
          DRAIN_DELAY_MS: '0',
        },
      };
      const migrate = ['node', '/app/bin/main.mjs', 'migrate', 'up', '--wait-for-db'];
      match(await machine.runOnce({ ...agent, name: 'migrate', command: migrate }), /schema is at \d+/);
      await machine.start({ ...agent, name: 'agent' });
      const ask = ['wget', '-q', '-O', '-', 'http://127.0.0.1:8000/readyz'];
      const answer = await waitFor('the agent', () =>
        machine.runOnce({ name: 'ask', image: references.toolbox, command: ask }),
      );
      match(answer, /"status":"ready"/);
      await machine.stop('primary', 'SIGINT');
      await machine.stop('agent', 'SIGTERM');
    },
  },
  {
    claim: 'Redis has the programs that the charts’ scripts call, answers, and stops',
    async show({ machine, references }) {
      const command = ['redis-server', '--requirepass', 'proof', '--dir', '/data'];
      await machine.makeVolume('data/redis', databaseUid);
      await machine.start({ name: 'redis', image: references.redis, mounts: { '/data': 'data/redis' }, command });
      const ask =
        'for p in bash awk sed grep getent timeout hostname; do command -v $p >/dev/null || exit 1; done; REDISCLI_AUTH=proof redis-cli ping';
      deepStrictEqual(await waitFor('Redis', () => machine.exec('redis', ask)), 'PONG\n');
      await machine.stop('redis', 'SIGTERM');
    },
  },
  {
    claim: 'the pause container ends when it is asked to',
    async show({ machine, references }) {
      await machine.start({ name: 'pause', image: references.pause });
      await machine.stop('pause', 'SIGTERM');
    },
  },
];

async function prepareVolumes(machine: ContainerMachine): Promise<void> {
  await machine.write('secrets/password', `${password}-secret`);
  await machine.write('secrets/postgres-password', 'admin-secret');
  await machine.write('secrets/replication-password', 'repl:-secret');
  for (const name of ['primary', 'replica', 'replica-tmp', 'tmp'])
    await machine.makeVolume(`data/${name}`, databaseUid);
  await machine.makeVolume('data/agent-tmp', 10_001);
}
