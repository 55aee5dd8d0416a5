import { stripTypeScriptTypes } from 'node:module';

const strip = (source) => ({ code: stripTypeScriptTypes(source) });

/** Jest transformer: removes types and keeps every position, so stack traces and coverage need no source map. */
export default { process: strip, processAsync: async (source) => strip(source) };
