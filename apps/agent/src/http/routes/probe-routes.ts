import { agentContract } from '@task-api/contract';
import { appVersion } from '../../app-version.ts';
import type { AppServices } from '../app-services.ts';
import { collectGauges } from '../collect-gauges.ts';
import type { TypedApp } from '../typed-app.ts';

const { liveness, readiness: readinessPath, metrics: metricsPath } = agentContract.paths;

/** Liveness is this process alone: a database that is away must not restart it. Redis is shown, never asked for. */
export function probeRoutes(app: TypedApp, services: AppServices): void {
  app.get(liveness, { schema: { hide: true } }, async () => ({
    status: 'ok',
    version: appVersion,
    redis: services.redis.state,
  }));

  app.get(readinessPath, { schema: { hide: true } }, async (_request, reply) => {
    const { isReady, checks } = await services.readiness.report();
    return reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', checks });
  });

  app.get(metricsPath, { schema: { hide: true } }, async (_request, reply) => {
    await collectGauges(services);
    return reply.type(services.metrics.registry.contentType).send(await services.metrics.registry.metrics());
  });
}
