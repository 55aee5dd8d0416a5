import type { Environment } from '../config/config-variables.ts';
import { parseConfig } from '../config/parse-config.ts';
import { type Agent, createAgent } from '../create-agent.ts';
import { createLogger } from '../telemetry/create-logger.ts';

/** `serve`: runs until SIGTERM or SIGINT, then drains. The exit code tells whether it ended in order. */
export async function serve(env: Environment, host: string): Promise<void> {
  const config = parseConfig(env);
  const log = createLogger(config.logLevel);
  const agent = await createAgent({ config, log });
  const { delayMs, runBudgetMs, closeDeadlineMs } = config.drain;
  stopOnSignal(agent, delayMs + runBudgetMs + closeDeadlineMs + 10_000);
  await agent.start(host);
  log.info(
    {
      port: addressOf(agent),
      model: config.model.provider,
      auth: config.auth.mode,
      redis: config.redis?.url.host ?? 'none',
    },
    'serving',
  );
}

function stopOnSignal(agent: Agent, deadlineMs: number): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    agent.services.log.info({ signal }, 'signal received');
    // The way out when something hangs; in order, the process ends by itself once nothing is left to do.
    setTimeout(() => process.exit(1), deadlineMs).unref();
    agent.stop().catch((error: unknown) => {
      agent.services.log.error({ err: error }, 'shutdown failed');
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function addressOf({ app }: Agent): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
