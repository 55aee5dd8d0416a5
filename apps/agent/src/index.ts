export { AgentError, type AgentErrorCode } from './agent-error.ts';
export { appVersion, requiredSchemaVersion } from './app-version.ts';
export { type Config, parseConfig } from './config/parse-config.ts';
export { type Agent, createAgent } from './create-agent.ts';
export { type SqlCatalogue, sqlCatalogue } from './database/sql-catalogue.ts';
export { createLogger } from './telemetry/create-logger.ts';
