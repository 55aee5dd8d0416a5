import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineEnvironment, type EnvironmentInput } from '../src/define-environment.ts';
import { type EnvironmentFiles, loadEnvironment } from '../src/environment.ts';
import { checkFleet } from '../src/fleet.ts';
import { ValuesError } from '../src/values-error.ts';
import { readChart } from './read-chart.ts';

/** What a fixture may export beside the environment itself. */
interface FixtureModule {
  readonly default?: unknown;
  /** Other environments of the fleet, by name. */
  readonly others?: Readonly<Record<string, EnvironmentInput>>;
  /** Text of release.yaml; null when there is none. */
  readonly release?: string | null;
}

export type FixtureFolder = 'valid' | 'invalid';

const chart = readChart();

/** The files of a folder: each adds a test. */
export function fixtureNames(folder: FixtureFolder): readonly string[] {
  return readdirSync(join(import.meta.dirname, folder)).sort();
}

/** What a fixture says it expects, in comments that begin with `expects:`. */
export function expectationsOf(folder: FixtureFolder, name: string): readonly string[] {
  return [...readText(folder, name).matchAll(/^(?:\/\/|#) expects: (.+)$/gm)].map(([, message = '']) => message);
}

/** The mistakes that the builder finds in a fixture when it is the environment `subject` of a fleet. */
export async function mistakesOf(folder: FixtureFolder, name: string): Promise<readonly ValuesError[]> {
  const { subject, others } = name.endsWith('.yaml') ? releaseFixture(folder, name) : await moduleFixture(folder, name);
  try {
    const environments = await Promise.all([subject, ...others].map(loadEnvironment));
    const mistakes = checkFleet(environments, {
      chartOf: () => chart,
      hasRevision: (revision) => revision !== unknownRevision,
      defaultBranch: 'main',
    });
    return mistakes.filter(({ file = '' }) => !file.startsWith('environments/other'));
  } catch (error) {
    return mistakesIn(error);
  }
}

interface Fixture {
  readonly subject: EnvironmentFiles;
  readonly others: readonly EnvironmentFiles[];
}

async function moduleFixture(folder: FixtureFolder, name: string): Promise<Fixture> {
  const evaluate = () => importAfresh(join(import.meta.dirname, folder, name));
  const { others = {}, release } = await evaluate().catch((): FixtureModule => ({}));
  const subject = filesOf('subject', readText(folder, name), async () => (await evaluate()).default);
  return {
    subject: release === null ? { ...subject, release: undefined } : subject,
    others: Object.entries(others).map(standIn),
  };
}

function releaseFixture(folder: FixtureFolder, name: string): Fixture {
  const subject = standIn(['subject', pinnedEnvironment]);
  return {
    subject: { ...subject, release: { file: 'environments/subject/release.yaml', text: readText(folder, name) } },
    others: [],
  };
}

const pinnedEnvironment = defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});

function standIn([name, input]: readonly [string, EnvironmentInput]): EnvironmentFiles {
  return filesOf(name, `chart: '${input.chart}'`, async () => input);
}

function filesOf(name: string, text: string, evaluate: () => Promise<unknown>): EnvironmentFiles {
  const folder = `environments/${name}`;
  const revision = text.includes("chart: 'floating'") ? 'main' : 'a'.repeat(40);
  return {
    name,
    evaluate,
    source: { file: `${folder}/environment.ts`, text },
    release: { file: `${folder}/release.yaml`, text: releaseText(revision) },
  };
}

/** A commit that git does not have. */
const unknownRevision = 'd'.repeat(40);

function releaseText(revision: string): string {
  return `chart: { revision: ${revision} }\nimage: { repository: task-api/agent, tag: 1.0.0 }\nmigrations: { head: none }\ncommits: []\n`;
}

const imports = { count: 0 };

/** A module that is imported under another name is evaluated once more. */
function importAfresh(path: string): Promise<FixtureModule> {
  imports.count += 1;
  return import(`${path}?evaluation=${imports.count}`);
}

function mistakesIn(error: unknown): readonly ValuesError[] {
  if (error instanceof AggregateError) return error.errors.flatMap(mistakesIn);
  if (error instanceof ValuesError) return [error];
  throw error;
}

function readText(folder: FixtureFolder, name: string): string {
  return readFileSync(join(import.meta.dirname, folder, name), 'utf8');
}
