import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireProgram, runProgram } from '../run-program.ts';
import { type DebianSources, findDebianSources } from './debian-sources.ts';
import { omittedPackages } from './package-sets.ts';

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** An apt of its own: it reads the machine's package sources and keys, and touches nothing else of the machine. */
export interface PrivateApt {
  /** What installing these on an empty system would install, dependencies included. */
  resolve(names: readonly string[]): Promise<readonly PackageVersion[]>;
  /** Those of the packages that the sources still have in this version. */
  available(packages: readonly PackageVersion[]): Promise<readonly PackageVersion[]>;
  /** Downloads and verifies packages, and returns the folder that holds their files. */
  download(packages: readonly PackageVersion[]): Promise<string>;
}

/** Makes a private apt with fresh package lists for the work, and removes it after. */
export async function withPrivateApt<Result>(
  folder: string,
  work: (apt: PrivateApt) => Promise<Result>,
): Promise<Result> {
  for (const program of ['apt-get', 'apt-cache', 'apt-config']) await requireProgram(program);
  await mkdir(folder, { recursive: true });
  const root = await mkdtemp(join(folder, 'apt-'));
  try {
    return await work(await openApt(root));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function openApt(root: string): Promise<PrivateApt> {
  const env = await layOut(root);
  await runProgram('apt-get', ['--quiet=2', '--error-on=any', 'update'], { env });
  return {
    resolve: async (names) => parseSimulation(await runProgram('apt-get', [...simulate, ...names], { env })),
    available: async (packages) => keepAvailable(packages, env),
    async download(packages) {
      const cwd = join(root, 'downloads');
      await runProgram('apt-get', ['--quiet=2', 'download', ...packages.map(versioned)], { cwd, env });
      return cwd;
    },
  };
}

const simulate = ['--quiet=2', '--simulate', 'install'];

function versioned({ name, version }: PackageVersion): string {
  return `${name}=${version}`;
}

/** `Inst bash (5.2.15-2+b9 Debian:12.12/oldstable [amd64])` */
export function parseSimulation(text: string): readonly PackageVersion[] {
  return [...text.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
}

async function keepAvailable(
  packages: readonly PackageVersion[],
  env: NodeJS.ProcessEnv,
): Promise<readonly PackageVersion[]> {
  const table = await runProgram('apt-cache', ['madison', ...packages.map(({ name }) => name)], { env });
  const found = new Set(
    table.split('\n').map((line) =>
      line
        .split('|', 2)
        .map((cell) => cell.trim())
        .join('='),
    ),
  );
  return packages.filter((one) => found.has(versioned(one)));
}

const folders = ['etc/sources.list.d', 'etc/empty', 'state/lists/partial', 'cache/archives/partial', 'downloads'];

async function layOut(root: string): Promise<NodeJS.ProcessEnv> {
  const env = { ...process.env, APT_CONFIG: join(root, 'apt.conf'), LC_ALL: 'C' };
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
  await writeSources(root, await findDebianSources(process.env));
  await writeFile(join(root, 'state/status'), omittedPackages.map(installedParagraph).join('\n'));
  await writeFile(env.APT_CONFIG, `${await machineTransport()}\n${aptConfiguration(root)}`);
  return env;
}

async function writeSources(root: string, { list, deb822 }: DebianSources): Promise<void> {
  await writeFile(join(root, 'etc/sources.list'), `${list}\n`);
  await writeFile(join(root, 'etc/sources.list.d/release.sources'), `${deb822}\n`);
}

/** Proxies and certificates of the machine. Its hooks and directories stay out: they would act on the machine's own cache. */
async function machineTransport(): Promise<string> {
  const settings = await runProgram('apt-config', ['dump']);
  return settings
    .split('\n')
    .filter((line) => /^Acquire::https?::.*;$/.test(line))
    .join('\n');
}

function aptConfiguration(root: string): string {
  const settings = {
    'Dir::Etc': join(root, 'etc'),
    'Dir::Etc::main': 'empty/apt.conf',
    'Dir::Etc::parts': 'empty',
    'Dir::Etc::preferences': 'empty/preferences',
    'Dir::Etc::preferencesparts': 'empty',
    'Dir::Etc::netrc': '/etc/apt/auth.conf',
    'Dir::Etc::netrcparts': '/etc/apt/auth.conf.d',
    'Dir::Etc::trusted': '/etc/apt/trusted.gpg',
    'Dir::Etc::trustedparts': '/etc/apt/trusted.gpg.d',
    'Dir::State': join(root, 'state'),
    'Dir::State::lists': 'lists',
    'Dir::State::status': join(root, 'state/status'),
    'Dir::Cache': join(root, 'cache'),
    'Dir::Cache::archives': 'archives',
    'Dir::Log': join(root, 'log'),
    'APT::Architecture': 'amd64',
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} "${value}";`);
  return ['#clear APT::Architectures;', ...lines, 'APT::Architectures { "amd64"; };', ''].join('\n');
}

function installedParagraph(name: string): string {
  const fields = { Package: name, Status: 'install ok installed', Architecture: 'amd64', 'Multi-Arch': 'allowed' };
  const more = { Version: '999', Maintainer: 'task-api', Description: 'not needed in an image' };
  return `${Object.entries({ ...fields, ...more })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n`;
}
