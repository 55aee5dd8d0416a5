import type { Config } from 'jest';

export default {
  testMatch: ['<rootDir>/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': `${import.meta.dirname}/tools/repository/src/jest-strip-types.mjs` },
  coverageProvider: 'v8',
} satisfies Config;
