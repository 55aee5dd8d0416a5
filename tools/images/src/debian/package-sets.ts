/** The Debian release that all images are of. */
export const debianRelease = 'bookworm';

/** What is asked of apt for each set of layers; what these depend on comes with them. */
export const packageSets = {
  base: [
    'base-files',
    'bash',
    'ca-certificates',
    'coreutils',
    'dash',
    'findutils',
    'grep',
    'gzip',
    'hostname',
    'libc-bin',
    'mawk',
    'sed',
    'tzdata',
  ],
  postgresql: ['postgresql-15', 'postgresql-15-pgaudit'],
  redis: ['redis-server', 'redis-tools'],
  node: ['libstdc++6'],
  pause: ['catatonit'],
  toolbox: ['busybox-static'],
} as const;

export type PackageSetName = keyof typeof packageSets;

export const packageSetNames = Object.keys(packageSets) as readonly PackageSetName[]; // The keys of a literal are its names.

/** Sets whose images stand on the base; the others hold one static program. */
export const setsOnBase: ReadonlySet<PackageSetName> = new Set(['postgresql', 'redis', 'node']);

/**
 * Packages that count as installed although no image has them: they serve maintainer scripts, which never
 * run here, or the just-in-time compiler of PostgreSQL, which is larger than PostgreSQL.
 */
export const omittedPackages: readonly string[] = [
  'adduser',
  'debconf',
  'dpkg',
  'init-system-helpers',
  'libllvm14',
  'locales',
  'lsb-base',
  'openssl',
  'passwd',
  'perl',
  'perl-base',
  'postgresql-client-common',
  'postgresql-common',
  'ssl-cert',
  'sysvinit-utils',
  'tar',
];
