import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ModelConfig } from '../config/parse-config.ts';
import { createEmbeddedModel } from './embedded/embedded-model.ts';
import type { ChatModel } from './language-model.ts';

/** The model that the configuration names. */
export function createModel(config: ModelConfig): ChatModel {
  if (config.provider === 'embedded' || config.baseUrl === undefined) return createEmbeddedModel(config.name, todayUtc);
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: config.baseUrl.href.replace(/\/$/, ''),
    includeUsage: true,
    ...(config.apiKey && { apiKey: config.apiKey.reveal() }),
  });
  return provider.chatModel(config.name);
}

function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
