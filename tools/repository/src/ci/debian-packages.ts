import { hostPackages } from '@task-api/cluster';

/** What a step of CI is called where it is typed. */
export type PackageUser = 'npm test' | 'npm run e2e';

/** A package of Debian that CI needs beyond what npm brings. */
export interface DebianPackage {
  readonly name: string;
  /** Programs of PATH, or files; any one of them shows that nothing has to be installed. */
  readonly provides: readonly string[];
  readonly why: string;
  readonly usedBy: readonly PackageUser[];
  /** Set when not every release of Debian has it: without it CI asks less, and says so. @default always there */
  readonly availability?: 'some-releases';
}

const ownPackages: readonly DebianPackage[] = [
  {
    name: 'chromium',
    provides: ['chromium', 'chromium-browser', 'google-chrome', 'chrome-headless-shell'],
    why: "tests of the agent's page, and pictures of reports",
    usedBy: ['npm test', 'npm run e2e'],
  },
  {
    name: 'redis-server',
    provides: ['redis-server'],
    why: 'tests of a cache that freezes or dies, with the real server instead of the one from npm',
    usedBy: ['npm test', 'npm run e2e'],
  },
  {
    name: 'postgresql-15',
    provides: ['/usr/lib/postgresql/15/bin/postgres'],
    why: "migrations on the chart's PostgreSQL, beside the 18 from npm",
    usedBy: ['npm test'],
    availability: 'some-releases',
  },
  {
    name: 'openssl',
    provides: ['openssl'],
    why: "tests that play the Kubernetes API's part with a certificate of their own, and the cluster's certificates",
    usedBy: ['npm test', 'npm run e2e'],
  },
];

/** Every package that CI installs on a fresh Debian machine; a row is all that a new one takes. */
export const debianPackages: readonly DebianPackage[] = [
  ...ownPackages,
  ...Object.entries(hostPackages)
    .filter(([name]) => !ownPackages.some((own) => own.name === name))
    .map(forCluster),
];

function forCluster([name, [proof]]: readonly [string, readonly [string, ...string[]]]): DebianPackage {
  return { name, provides: [proof], why: "the cluster's nodes", usedBy: ['npm run e2e'] };
}
