import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkEqual, checkMatches, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { editChart } from '../world/edit-chart.ts';
import { patientValues } from '../world/patient-values.ts';
import type { World } from '../world/world.ts';
import { type RegistryHelm, registryHelm } from './distribution/registry-helm.ts';

export const distribution: Scenario = {
  name: 'distribution',
  title:
    'The chart takes its dependencies from the registry by its lock file, and is published, pulled and installed there',
  helm: [4],
  deadlineMs: 400_000,
  needs: ['registry'],
  async run(world) {
    const helm = await registryHelm(world);
    await world.step('publish the dependencies', () => publishDependencies(world, helm));
    const source = await world.step('helm dependency build', () => buildDependencies(world, helm));
    const archive = await world.step('publish the chart', () => publish(world, helm, source));
    await world.step('what is pulled is what was pushed', () => checkPulled(world, helm, archive));
    const { version } = world.chart;
    await world.step('install from the registry', () => release(world, helm, { verb: 'install', version }));
    await world.step('upgrade from the registry', () => upgradeFromRegistry(world, helm, source));
    checkSucceeded(await world.step('helm test', () => world.helm.test()));
  },
};

/** The registry of this run: several suites may share the one of the cluster. */
function repositoryOf({ machines }: World): string {
  return `oci://${machines().registry.host}/e2e`;
}

/** Where Chart.yaml says that the dependencies are. */
async function publishDependencies(world: World, helm: RegistryHelm): Promise<void> {
  const dependencies = join(world.chart.directory, 'charts');
  for (const name of await readdir(dependencies)) {
    const archive = name.endsWith('.tgz')
      ? join(dependencies, name)
      : await pack(world, helm, join(dependencies, name));
    await helm(['push', archive, `oci://${world.machines().registry.host}/bitnamicharts`]);
  }
}

/** Returns the path of the archive. */
async function pack({ scratch }: World, helm: RegistryHelm, directory: string): Promise<string> {
  const folder = join(scratch, 'packages', createHash('sha256').update(directory).digest('hex').slice(0, 8));
  await mkdir(folder, { recursive: true });
  await helm(['package', directory, '--destination', folder]);
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

/** From the chart as it lies in git: with a lock file and without dependencies. */
async function buildDependencies({ scratch, chart }: World, helm: RegistryHelm): Promise<string> {
  const source = join(scratch, 'source', 'task-api');
  await cp(chart.directory, source, { recursive: true });
  await rm(join(source, 'charts'), { recursive: true });
  await helm(['dependency', 'build', source]);
  const { stdout } = await helm(['dependency', 'list', source]);
  const statuses = [...stdout.matchAll(/\b(ok|missing|wrong version|corrupt)\s*$/gm)].map(([, status]) => status);
  checkEqual(statuses, ['ok', 'ok'], 'the dependencies of the chart');
  const archives = (await readdir(join(source, 'charts'))).sort();
  checkMatches(archives.join(' '), /^postgresql-12\.[\d.]+\.tgz redis-17\.[\d.]+\.tgz$/, 'what was downloaded');
  return source;
}

async function publish(world: World, helm: RegistryHelm, source: string): Promise<string> {
  const archive = await pack(world, helm, source);
  const { stdout, stderr } = await helm(['push', archive, repositoryOf(world)]);
  checkMatches(`${stdout}${stderr}`, /Digest: sha256:[0-9a-f]{64}/, 'what helm push says');
  return archive;
}

async function checkPulled(world: World, helm: RegistryHelm, archive: string): Promise<void> {
  const folder = join(world.scratch, 'pulled');
  await mkdir(folder, { recursive: true });
  const { version } = world.chart;
  await helm(['pull', `${repositoryOf(world)}/task-api`, '--version', version, '--destination', folder]);
  const pulled = await readFile(join(folder, `task-api-${version}.tgz`));
  const isSame = pulled.equals(await readFile(archive));
  checkEqual(isSame, true, 'whether the archive that was pulled is that which was pushed');
}

interface Release {
  readonly verb: 'install' | 'upgrade';
  readonly version: string;
}

async function release(world: World, helm: RegistryHelm, { verb, version }: Release): Promise<void> {
  const place = [`${repositoryOf(world)}/task-api`, '--version', version, '--namespace', world.namespace];
  const flags = ['--wait', '--timeout', '240s', ...(await world.helm.valuesFlags([patientValues]))];
  await helm([verb, world.release, ...place, ...flags]);
  const { metadata } = await world.objects.get('Deployment', world.release);
  checkEqual(metadata?.labels?.['helm.sh/chart'], `task-api-${version}`, 'the chart that the Deployment is of');
  await world.agent.createTask(`made after the ${verb}`);
}

const nextVersion = '0.1.1-e2e';

async function upgradeFromRegistry(world: World, helm: RegistryHelm, source: string): Promise<void> {
  const next = await editChart({ ...world, chart: { ...world.chart, directory: source } }, 'next', [
    { file: 'Chart.yaml', find: /^version: .*$/m, replace: `version: ${nextVersion}` },
  ]);
  await publish(world, helm, next);
  await release(world, helm, { verb: 'upgrade', version: nextVersion });
}
