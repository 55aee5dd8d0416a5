import { directory, type Layer, type LayerEntry, mergeLayers, symlink, textFile } from './layer.ts';

/** The layer below PostgreSQL, Redis and the agent: packages, and what their maintainer scripts would have made. */
export function baseLayer(packages: Layer): Layer {
  return mergeLayers(rootLinks, rootDirectories, packages, settings, certificates(packages));
}

/** Users of the databases' charts and of the agent's; group 0, as Bitnami has it, may write what a volume may stand for. */
const users = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'database:x:1001:0:database:/tmp:/bin/bash',
  'agent:x:10001:10001:agent:/tmp:/usr/sbin/nologin',
];

const groups = ['root:x:0:', 'nogroup:x:65534:', 'agent:x:10001:'];

const rootLinks: Layer = new Map(
  ['bin', 'sbin', 'lib', 'lib64'].map((name): [string, LayerEntry] => [name, symlink(`usr/${name}`)]),
);

const rootDirectories: Layer = new Map<string, LayerEntry>([
  ['dev', directory()],
  ['proc', directory()],
  ['sys', directory()],
  ['run', directory()],
  ['root', directory(0o700)],
  ['tmp', directory(0o1777)],
]);

const settings: Layer = new Map<string, LayerEntry>([
  ['etc/passwd', textFile(lines(users))],
  ['etc/group', textFile(lines(groups))],
  ['etc/nsswitch.conf', textFile(lines(['passwd: files', 'group: files', 'hosts: files dns']))],
  ['usr/bin/awk', symlink('mawk')],
]);

/** OpenSSL and Node look for one file with all certificates. */
function certificates(packages: Layer): Layer {
  const parts = [...packages]
    .filter(([path]) => path.startsWith('usr/share/ca-certificates/') && path.endsWith('.crt'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, entry]) => (entry.kind === 'file' ? [entry.content] : []));
  const bundle: LayerEntry = { kind: 'file', mode: 0o644, content: Buffer.concat(parts) };
  return new Map([['etc/ssl/certs/ca-certificates.crt', bundle]]);
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
