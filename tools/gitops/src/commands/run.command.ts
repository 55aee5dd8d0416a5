import { runStack } from '@task-api/local-stack';
import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { selectOne } from '../fleet/select-environments.ts';
import { GitopsError } from '../gitops-error.ts';
import { agentConfiguration } from '../render/agent-configuration.ts';
import { type HelmOptions, rendererRequest } from '../render/helm-options.ts';
import { createRenderer } from '../render/renderer.ts';

export interface RunRequest extends HelmOptions {
  readonly environment: string;
  readonly port?: string;
  readonly data?: string;
  readonly reset?: boolean;
}

/** `gitops run`: an environment on this machine, until Ctrl-C or until a part of it ends. */
export async function run(request: RunRequest, io: CommandIo): Promise<ExitCode> {
  const port = parsePort(request.port);
  const configuration = await io.progress.step(`render the configuration of ${request.environment}`, () =>
    renderConfiguration(request, io),
  );
  io.takeOverSignals();
  const exitCode = await runStack({
    root: io.root,
    configuration,
    data: request.reset ? 'reset' : 'keep',
    write: io.write,
    ...(port === undefined ? {} : { port }),
    ...(request.data === undefined ? {} : { directory: request.data }),
  });
  return exitCode === 0 ? exitCodes.ok : exitCodes.failed;
}

async function renderConfiguration(request: RunRequest, io: CommandIo): Promise<Readonly<Record<string, string>>> {
  const fleet = await loadFleet(io.root);
  const environment = selectOne(fleet, request.environment);
  const renderer = await createRenderer(fleet, rendererRequest(request, io));
  const { objects } = await renderer.render(environment, 'helm-install');
  return agentConfiguration(objects);
}

const highestPort = 65_535;

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= highestPort) return port;
  throw new GitopsError('unknown-option-value', {
    path: '--port',
    value: text,
    allowed: `a whole number from 1 to ${highestPort}`,
  });
}
