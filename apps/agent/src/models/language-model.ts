import type { LanguageModel } from 'ai';

/** The port behind which every model stands: the AI SDK's provider specification. */
export type ChatModel = Extract<LanguageModel, { readonly specificationVersion: 'v4' }>;

export type ModelCall = Parameters<ChatModel['doStream']>[0];
export type ModelPrompt = ModelCall['prompt'];
export type ModelMessage = ModelPrompt[number];
export type ModelTool = Extract<NonNullable<ModelCall['tools']>[number], { readonly type: 'function' }>;
export type ModelStreamPart =
  ReturnType<ChatModel['doStream']> extends PromiseLike<{ stream: ReadableStream<infer Part> }> ? Part : never;
export type ModelFinish = Extract<ModelStreamPart, { readonly type: 'finish' }>;
