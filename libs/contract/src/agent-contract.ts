/**
 * What the chart promises the agent and the agent promises the chart. The chart reads it as
 * `charts/task-api/contract.gen.json` (written by `gitops generate`), the agent imports this constant.
 * Changing an entry is a change to both sides and to every release that is live.
 */
export const agentContract = {
  /** The image's entrypoint runs `node`; a container chooses what to run by these arguments. */
  commands: {
    serve: ['serve'],
    migrate: ['migrate', 'up', '--wait-for-db'],
    check: ['check'],
    initCredentials: ['init-credentials'],
  },
  /** How `migrate` ends when the same image would be refused by the same database again, as often as it is tried. */
  exitCodes: { migrationRefused: 2 },
  port: { name: 'http', number: 8000 },
  paths: { liveness: '/healthz', readiness: '/readyz', metrics: '/metrics' },
  user: { uid: 10001, gid: 10001 },
  /** Everything that is mounted lies below these directories. `tmp` is the only writable one. */
  directories: {
    connection: '/etc/task-api/connection',
    credentials: '/etc/task-api/credentials',
    tmp: '/tmp',
  },
  /** Keys of the Secret `<fullname>-connection`: URLs with user, host, port and database, never a password. */
  connectionKeys: { databaseUrl: 'database-url', redisUrl: 'redis-url' },
  /** Keys of the credentials Secret, named as the Bitnami charts expect them. */
  credentialKeys: {
    postgresAdminPassword: 'postgres-password',
    databasePassword: 'password',
    replicationPassword: 'replication-password',
    redisPassword: 'redis-password',
    modelApiKey: 'model-api-key',
    apiKeys: 'api-keys',
  },
  environment: {
    PORT: { type: 'integer', default: '8000', meaning: 'TCP port of the HTTP server.' },
    LOG_LEVEL: {
      type: 'string',
      default: 'info',
      meaning: 'Least severe level that is logged: debug, info, warn or error.',
    },
    WORKERS: { type: 'integer', default: '4', meaning: 'Runs that one pod executes at the same time.' },
    RUN_LEASE_MS: {
      type: 'integer',
      default: '15000',
      meaning: 'Milliseconds after which a run whose process has gone silent is taken over by another.',
    },
    DATABASE_URL: { type: 'url', meaning: 'PostgreSQL URL without password; wins over DATABASE_URL_FILE.' },
    DATABASE_URL_FILE: { type: 'path', meaning: 'File that holds the PostgreSQL URL without password.' },
    DATABASE_PASSWORD_FILE: { type: 'path', meaning: 'File that holds the PostgreSQL password.' },
    DATABASE_POOL_MAX: { type: 'integer', default: '10', meaning: 'Most PostgreSQL connections that one pod opens.' },
    DATABASE_TIMEOUT_MS: {
      type: 'integer',
      default: '3000',
      meaning: 'Milliseconds after which a statement is given up; a connection is waited for two thirds as long.',
    },
    REDIS_URL: { type: 'url', meaning: 'Redis URL without password; wins over REDIS_URL_FILE.' },
    REDIS_URL_FILE: { type: 'path', meaning: 'File that holds the Redis URL without password.' },
    REDIS_PASSWORD_FILE: { type: 'path', meaning: 'File that holds the Redis password.' },
    CACHE_ENABLED: { type: 'boolean', default: 'true', meaning: 'Whether answers of the model are cached.' },
    CACHE_TTL_SECONDS: { type: 'integer', default: '3600', meaning: 'Seconds for which a cached answer is served.' },
    MODEL_PROVIDER: {
      type: 'string',
      default: 'embedded',
      meaning: 'embedded, or openai-compatible for any endpoint of that protocol.',
    },
    MODEL_BASE_URL: { type: 'url', meaning: 'Base URL of the OpenAI-compatible endpoint.' },
    MODEL_NAME: { type: 'string', default: 'embedded', meaning: 'Model that is asked for.' },
    MODEL_API_KEY_FILE: { type: 'path', meaning: 'File that holds the key of the model endpoint.' },
    MODEL_TIMEOUT_MS: {
      type: 'integer',
      default: '60000',
      meaning: 'Milliseconds after which one call of the model is given up.',
    },
    AUTH_MODE: { type: 'string', default: 'off', meaning: 'off, or api-key to require a key of API_KEYS_FILE.' },
    API_KEYS_FILE: { type: 'path', meaning: 'File that holds one hashed API key and its tenant a line.' },
    RATE_LIMIT_PER_MINUTE: {
      type: 'integer',
      default: '600',
      meaning: 'Requests that one tenant may make in a minute; 0 is no limit.',
    },
    BODY_LIMIT_BYTES: { type: 'integer', default: '1048576', meaning: 'Largest request body that is accepted.' },
    DRAIN_DELAY_MS: {
      type: 'integer',
      default: '5000',
      meaning: 'Milliseconds after SIGTERM during which requests are still served while readiness fails.',
    },
    RUN_DRAIN_BUDGET_MS: {
      type: 'integer',
      default: '30000',
      meaning: 'Milliseconds that runs in flight get to finish before they are handed back.',
    },
    CLOSE_DEADLINE_MS: {
      type: 'integer',
      default: '5000',
      meaning: 'Milliseconds after which connections that are still open are closed.',
    },
    MIGRATION_LOCK_TIMEOUT_MS: {
      type: 'integer',
      default: '1500',
      meaning: 'Milliseconds that one migration statement waits for a table lock before it is tried again.',
    },
    MIGRATION_WAIT_FOR_DB_MS: {
      type: 'integer',
      default: '120000',
      meaning: 'Milliseconds that `migrate up --wait-for-db` waits for PostgreSQL.',
    },
    CREDENTIALS_SECRET_NAME: {
      type: 'string',
      meaning: 'Secret that `init-credentials` creates when it does not exist.',
    },
    POD_NAME: { type: 'string', meaning: 'Name under which this process leases runs.' },
    POD_NAMESPACE: { type: 'string', meaning: 'Namespace in which `init-credentials` works.' },
    OTEL_EXPORTER_OTLP_ENDPOINT: { type: 'url', meaning: 'Where traces go; none are made while it is empty.' },
    AGENT_URL: {
      type: 'url',
      meaning: 'Base URL of the Service whose readiness `check` asks for, beside PostgreSQL and Redis.',
    },
  },
  /** What `/metrics` serves beside the process metrics; alerts and dashboard of the chart name nothing else. */
  metrics: {
    task_api_http_requests_total: { type: 'counter', labels: ['method', 'route', 'status'], meaning: 'Responses.' },
    task_api_http_request_duration_seconds: {
      type: 'histogram',
      labels: ['method', 'route'],
      meaning: 'Time until the response was complete.',
    },
    task_api_runs_total: {
      type: 'counter',
      labels: ['status'],
      meaning: 'Runs that ended: completed, failed or cancelled.',
    },
    task_api_run_duration_seconds: {
      type: 'histogram',
      labels: [],
      meaning: 'Time from the lease of a run to its end.',
    },
    task_api_runs_queued: { type: 'gauge', labels: [], meaning: 'Runs in the database that no worker has leased.' },
    task_api_runs_active: { type: 'gauge', labels: [], meaning: 'Runs that this pod executes.' },
    task_api_model_requests_total: {
      type: 'counter',
      labels: ['outcome'],
      meaning: 'Calls of the model: success, error or timeout.',
    },
    task_api_model_request_duration_seconds: {
      type: 'histogram',
      labels: [],
      meaning: 'Time of one call of the model.',
    },
    task_api_cache_requests_total: {
      type: 'counter',
      labels: ['outcome'],
      meaning: 'Look-ups in the cache: hit, miss or error.',
    },
    task_api_dependency_up: {
      type: 'gauge',
      labels: ['dependency'],
      meaning: '1 while postgresql or redis answers, else 0.',
    },
    task_api_database_pool_connections: {
      type: 'gauge',
      labels: ['state'],
      meaning: 'Connections idle and used, and requests waiting for one.',
    },
    task_api_schema_version: { type: 'gauge', labels: [], meaning: 'Number of the newest migration in the database.' },
    task_api_schema_required: {
      type: 'gauge',
      labels: [],
      meaning: 'Number of the migration that this image needs at least.',
    },
  },
} as const;

export type AgentContract = typeof agentContract;
