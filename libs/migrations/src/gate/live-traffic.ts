import { Client } from 'pg';

/** The longest that a reader and a writer waited. */
export interface Stall {
  readonly readMs: number;
  readonly writeMs: number;
}

export interface LiveTraffic {
  /** Ends the traffic and says how long anyone had to wait since it began. */
  stop(): Promise<Stall>;
}

const selectTables = `
select quote_ident(relname) as table, quote_ident(attname) as key
from pg_class join pg_index on indrelid = pg_class.oid and indisprimary
join pg_attribute on attrelid = pg_class.oid and attnum = indkey[0]
where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations' order by 1`;

/** Reads and writes a row of every table again and again, as a live service would. */
export async function startTraffic(url: string): Promise<LiveTraffic> {
  const [reader, writer] = [await connect(url), await connect(url)];
  const { rows: tables } = await reader.query<{ table: string; key: string }>(selectTables);
  const reading = cycle(
    reader,
    tables.map(({ table, key }) => `select ${key} from ${table} limit 1`),
  );
  const writing = cycle(
    writer,
    tables.map(
      ({ table, key }) => `update ${table} set ${key} = ${key} where ${key} = (select ${key} from ${table} limit 1)`,
    ),
  );
  return {
    stop: async () => {
      const [readMs, writeMs] = await Promise.all([reading.stop(), writing.stop()]);
      await Promise.all([reader.end(), writer.end()]);
      return { readMs, writeMs };
    },
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'traffic' });
  await client.connect();
  return client;
}

const restMs = 2;

function cycle(client: Client, statements: readonly string[]): { stop(): Promise<number> } {
  let isRunning = statements.length > 0;
  let worstMs = 0;
  const run = async () => {
    for (let turn = 0; isRunning; turn += 1) {
      const startedMs = performance.now();
      await client.query(statements[turn % statements.length] ?? '').catch(ignoreFailure);
      worstMs = Math.max(worstMs, performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  };
  const finished = run();
  return {
    stop: async () => {
      isRunning = false;
      await finished;
      return Math.round(worstMs);
    },
  };
}

function ignoreFailure(): void {
  // A migration may drop what the traffic uses; who breaks by that is for the catalogue to say.
}
