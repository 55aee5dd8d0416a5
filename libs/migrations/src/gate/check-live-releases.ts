import { Client } from 'pg';
import { compareAppVersions } from '../app-version.ts';
import type { Migration } from '../migration-file.ts';
import { migrateUp } from '../runner/migrate-up.ts';
import type { Finding } from './finding.ts';
import { migrationRules } from './migration-rules.ts';
import { type CommittedRelease, readRelease } from './read-release.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { parseMigrations } from './schema-facts.ts';
import { warmUp } from './warm-catalogue.ts';

/** The commit whose release an environment runs. */
export interface LivePin {
  readonly environment: string;
  readonly revision: string;
}

export interface LiveReleaseCheck {
  /** Work tree or git directory that has the commits. */
  readonly root: string;
  readonly pins: readonly LivePin[];
  /** The history as it shall become. */
  readonly migrations: readonly Migration[];
  readonly seed: Rehearsal['seed'];
  /** Makes an empty database to rehearse on and returns its URL. */
  readonly createDatabase: () => Promise<string>;
}

/** What the migrations to come would do to one release that is live. */
export interface ReleaseReport {
  readonly environments: readonly string[];
  readonly release: CommittedRelease;
  /** Migrations that it would live through. */
  readonly applied: readonly string[];
  /** The contract that waits until the release is no longer live, and so stops those behind it. */
  readonly held: string | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Takes every release that an environment runs out of git, builds its schema, prepares all its statements on
 * connections that stay open, applies the migrations that are new to it, and executes the statements again.
 */
export async function checkLiveReleases(check: LiveReleaseCheck): Promise<readonly ReleaseReport[]> {
  const reports: ReleaseReport[] = [];
  for (const [environments, release] of await readPinned(check)) {
    const plan = planUpdate(release, check.migrations);
    const findings = plan.history.length > 0 ? plan.history : await update(release, plan.upcoming, check);
    const named = await Promise.all(findings.map((finding) => nameEnvironments(finding, environments, check)));
    const { held, upcoming } = plan;
    reports.push({ environments, release, held, applied: upcoming.map(({ name }) => name), findings: named });
  }
  return reports;
}

type Pinned = readonly [environments: readonly string[], release: CommittedRelease];

/** Environments that run the same commit are asked about once. */
async function readPinned({ root, pins }: LiveReleaseCheck): Promise<readonly Pinned[]> {
  const releases = await Promise.all(pins.map(({ revision }) => readRelease(root, revision)));
  const distinct = new Map(releases.map((release) => [release.revision, release]));
  return [...distinct.values()].map((release) => {
    const environments = pins.filter((_, index) => releases[index]?.revision === release.revision);
    return [environments.map(({ environment }) => environment), release];
  });
}

interface Plan {
  readonly history: readonly Finding[];
  readonly upcoming: readonly Migration[];
  readonly held: string | undefined;
}

function planUpdate({ migrations, appVersion }: CommittedRelease, head: readonly Migration[]): Plan {
  const upcoming = head.slice(migrations.length);
  const held = upcoming.findIndex(({ minAppVersion = '0.0.0' }) => compareAppVersions(appVersion, minAppVersion) < 0);
  return {
    history: compareHistories(migrations, head),
    upcoming: held === -1 ? upcoming : upcoming.slice(0, held),
    held: upcoming[held]?.name,
  };
}

/** The runner would refuse as well, but only on the day of the promotion. */
function compareHistories(applied: readonly Migration[], head: readonly Migration[]): readonly Finding[] {
  return applied
    .filter(({ checksum, name }, index) => head[index]?.checksum !== checksum || head[index]?.name !== name)
    .map(({ name }) => ({
      rule: 'applied-migration-changed',
      file: name,
      message: 'it is applied where this release runs, and is edited, renamed or gone here',
    }));
}

async function update(
  release: CommittedRelease,
  upcoming: readonly Migration[],
  { seed, createDatabase }: LiveReleaseCheck,
): Promise<readonly Finding[]> {
  const url = await createDatabase();
  const client = new Client({ connectionString: url, application_name: 'live-release' });
  await client.connect();
  try {
    await buildSchema(url, release);
    for (const migration of release.migrations) await seed(client, migration);
    // This connection is older than all of the migrations; those of the rehearsal tell which one it was.
    const warm = await warmUp(client, release.catalogue);
    const migrations = [...release.migrations, ...upcoming];
    const from = release.migrations.length;
    const steps = await rehearse({ url, from, migrations, seed, releases: [release] });
    const findings = steps.flatMap((step) => step.findings);
    const all = await warm.compareAfter(upcoming.map(({ name }) => name).join(', '));
    return findings.some(({ rule }) => rule === 'live-statement') ? findings : [...findings, ...all];
  } finally {
    await client.end();
  }
}

async function buildSchema(url: string, { migrations, appVersion }: CommittedRelease): Promise<void> {
  await migrateUp({ connection: { connectionString: url }, migrations, appVersion });
}

/** Says where it would happen, and what to do instead. */
async function nameEnvironments(
  finding: Finding,
  environments: readonly string[],
  { migrations }: LiveReleaseCheck,
): Promise<Finding> {
  const recipe = recipes[finding.rule] ?? (await recipeFor(finding.file, migrations));
  const where = `${environments.length === 1 ? 'environment' : 'environments'} ${environments.join(', ')}`;
  return { ...finding, message: `${where}: ${finding.message}; ${recipe}` };
}

const recipes: Readonly<Record<string, string>> = {
  'applied-migration-changed': 'restore the file and put the change into a new migration',
};

/** The way round the rule that the migration breaks. A contract breaks none, so it names a release that is too old. */
async function recipeFor(file: string, migrations: readonly Migration[]): Promise<string> {
  const parsed = (await parseMigrations(migrations)).find(({ migration }) => migration.name === file);
  const broken = parsed === undefined ? [] : Object.values(migrationRules).filter((rule) => rule.detect(parsed).length);
  if (broken.length > 0) return broken.map(({ recipe }) => recipe).join('; ');
  if (parsed?.migration.phase === 'contract')
    return 'raise its min-app-version to the first release that works without what is taken away';
  return 'release code that works with both schemas first, then migrate';
}
