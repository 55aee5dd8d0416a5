import { mkdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { goEnvironment } from '@task-api/cluster';
import { cacheDirectory, type HelmBinary } from '@task-api/helm';
import { type CommandResult, runProgram } from '../run/run-program.ts';

/** Values as an object, or the name of a file of the chart (`values-dev.yaml`), or an absolute path. */
export type ValuesLayer = object | string;

export interface ReleaseOptions {
  /** Later layers win. */
  readonly values?: readonly ValuesLayer[];
  /** A directory, an archive or an address. @default the chart under test */
  readonly chart?: string;
  /** @default true */
  readonly wait?: boolean;
  /** `--rollback-on-failure`, which Helm 3 calls `--atomic`. */
  readonly rollbackOnFailure?: boolean;
  /**
   * Whether Helm reads the API server's description of all kinds to check the manifests, which takes 0.4 s of the
   * processor in Helm 4 and 1.6 s in Helm 3. @default false
   */
  readonly checksOpenapi?: boolean;
  /** @default 400 */
  readonly timeoutSeconds?: number;
  /** Further flags, as they are. */
  readonly flags?: readonly string[];
}

/** A release of the chart in the namespace of the scenario, driven by the real Helm. Failures are results, not errors. */
export interface HelmClient {
  readonly binary: HelmBinary;
  install(options?: ReleaseOptions): Promise<CommandResult>;
  upgrade(options?: ReleaseOptions): Promise<CommandResult>;
  rollback(
    revision: number,
    options?: Pick<ReleaseOptions, 'wait' | 'timeoutSeconds' | 'flags'>,
  ): Promise<CommandResult>;
  test(options?: Pick<ReleaseOptions, 'timeoutSeconds' | 'flags'>): Promise<CommandResult>;
  uninstall(options?: Pick<ReleaseOptions, 'wait' | 'timeoutSeconds' | 'flags'>): Promise<CommandResult>;
  history(): Promise<readonly HistoryEntry[]>;
  /** `--values` flags for `run`. */
  valuesFlags(layers: readonly ValuesLayer[]): Promise<readonly string[]>;
  /** Any other command; the release's name is not added. */
  run(args: readonly string[]): Promise<CommandResult>;
}

/** A line of `helm history`. */
export interface HistoryEntry {
  readonly revision: number;
  readonly status: string;
  readonly chart: string;
  readonly app_version: string;
  readonly description: string;
}

export interface HelmPlace {
  readonly binary: HelmBinary;
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  readonly kubeconfig: string;
  /** Folder for files of values; removed after the scenario. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Told of each command as it ends. */
  readonly onCommand: (result: CommandResult) => void;
}

const defaultTimeoutSeconds = 400;

export function helmClient(place: HelmPlace): HelmClient {
  const run = (args: readonly string[]) => runHelm(place, args);
  const named = (verb: string, rest: readonly string[]) => run([verb, place.release, ...rest]);
  return {
    binary: place.binary,
    run,
    valuesFlags: (layers) => valuesFlags(place, place.chart, layers),
    install: async (options = {}) => named('install', await releaseFlags(place, options)),
    upgrade: async (options = {}) => named('upgrade', await releaseFlags(place, options)),
    rollback: (revision, options = {}) => named('rollback', [String(revision), ...waitFlags(options)]),
    test: ({ timeoutSeconds, flags = [] } = {}) => named('test', [...timeoutFlags(timeoutSeconds), '--logs', ...flags]),
    uninstall: (options = {}) => named('uninstall', waitFlags(options)),
    async history() {
      const { stdout } = await named('history', ['--output', 'json']);
      return JSON.parse(stdout);
    },
  };
}

async function runHelm(place: HelmPlace, args: readonly string[]): Promise<CommandResult> {
  const { binary, namespace, signal, onCommand } = place;
  const env = helmEnvironment(place);
  const result = await runProgram([binary.path, ...args, '--namespace', namespace], { env, signal });
  onCommand(result);
  return result;
}

/** The user's Helm settings and plugins stay out; the cluster is the one under test. */
function helmEnvironment({ kubeconfig, binary }: HelmPlace): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(HELM_|KUBE)/.test(name));
  const home = join(cacheDirectory(process.env), 'e2e', `helm-${binary.major}`);
  return {
    ...Object.fromEntries(kept),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_DATA_HOME: join(home, 'data'),
    ...goEnvironment,
    KUBECONFIG: kubeconfig,
  };
}

async function releaseFlags(place: HelmPlace, options: ReleaseOptions): Promise<readonly string[]> {
  const { chart = place.chart, rollbackOnFailure = false, checksOpenapi = false } = options;
  const rollback = place.binary.major === 3 ? '--atomic' : '--rollback-on-failure';
  return [
    chart,
    ...(await valuesFlags(place, chart, options.values ?? [])),
    ...(rollbackOnFailure ? [rollback] : []),
    ...(checksOpenapi ? [] : ['--disable-openapi-validation']),
    ...waitFlags(options),
  ];
}

async function valuesFlags(
  place: HelmPlace,
  chart: string,
  layers: readonly ValuesLayer[],
): Promise<readonly string[]> {
  const files = await Promise.all(layers.map((layer) => valuesFile(place, chart, layer)));
  return files.flatMap((file) => ['--values', file]);
}

let written = 0;

/** JSON is YAML, so an object needs no YAML writer. */
async function valuesFile({ scratch }: HelmPlace, chart: string, layer: ValuesLayer): Promise<string> {
  if (typeof layer === 'string') return isAbsolute(layer) ? layer : join(chart, layer);
  await mkdir(scratch, { recursive: true });
  written += 1;
  const file = join(scratch, `values-${written}.json`);
  await writeFile(file, JSON.stringify(layer, undefined, 2));
  return file;
}

function waitFlags({ wait = true, timeoutSeconds, flags = [] }: ReleaseOptions): readonly string[] {
  return [...(wait ? ['--wait'] : []), ...timeoutFlags(timeoutSeconds), ...flags];
}

function timeoutFlags(timeoutSeconds = defaultTimeoutSeconds): readonly string[] {
  return ['--timeout', `${timeoutSeconds}s`];
}
