import { z } from 'zod';
import { AgentError } from '../../agent-error.ts';
import type { AppServices } from '../app-services.ts';
import { openAiErrorResponses } from '../schemas/chat-schemas.ts';
import type { TypedApp } from '../typed-app.ts';

/** The name under which the agent with its tools answers the OpenAI routes. */
export const agentModelName = 'task-agent';

const model = z
  .object({ id: z.string(), object: z.literal('model'), created: z.number(), owned_by: z.string() })
  .meta({ id: 'Model' });
const modelList = z.object({ object: z.literal('list'), data: z.array(model) }).meta({ id: 'ModelList' });
const tags = ['openai'];

/** The models of the OpenAI-compatible routes. */
export function modelRoutes(app: TypedApp, { config }: AppServices): void {
  const models = [
    { id: config.model.name, object: 'model' as const, created: 0, owned_by: config.model.provider },
    { id: agentModelName, object: 'model' as const, created: 0, owned_by: 'task-api' },
  ];
  app.get(
    '/v1/models',
    { schema: { tags, summary: 'List models', response: { 200: modelList, ...openAiErrorResponses } } },
    async () => ({
      object: 'list' as const,
      data: models,
    }),
  );
  const schema = {
    tags,
    summary: 'Get a model',
    params: z.strictObject({ id: z.string() }),
    response: { 200: model, ...openAiErrorResponses },
  };
  app.get('/v1/models/:id', { schema }, async ({ params }) => {
    const found = models.find(({ id }) => id === params.id);
    if (found === undefined) throw new AgentError('not-found', { subject: 'model', value: params.id });
    return found;
  });
}
