import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

export default {
  testMatch: ['<rootDir>/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': `${import.meta.dirname}/tools/repository/src/jest-strip-types.mjs` },
  coverageProvider: 'v8',
  // Many tests wait for servers and programs: jest's one worker for two processors leaves one of them idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Tests run Helm, git and Nx; on a machine that is busy five seconds are not enough for them.
  testTimeout: 60_000,
} satisfies Config;
