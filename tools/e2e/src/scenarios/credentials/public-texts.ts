import { gunzipSync } from 'node:zlib';
import type { V1Pod, V1Secret } from '@kubernetes/client-node';
import { checkSucceeded } from '../../check.ts';
import type { World } from '../../world/world.ts';
import type { PublicText } from './find-leaks.ts';
import { processTexts } from './process-texts.ts';

/** Everything of a release that people without access to its Secrets may read, and what Helm keeps of it. */
export async function publicTexts(world: World): Promise<readonly PublicText[]> {
  const parts = [objectTexts, eventTexts, logTexts, helmTexts, processTexts].map((read) => read(world));
  return (await Promise.all(parts)).flat();
}

const readableKinds = ['ConfigMap', 'Pod', 'Job', 'Deployment', 'StatefulSet', 'ServiceAccount', 'Service'] as const;

async function objectTexts({ objects }: World): Promise<readonly PublicText[]> {
  const lists = await Promise.all(
    readableKinds.map(async (kind) =>
      (await objects.list(kind)).map((object) => ({
        place: `${kind} ${object.metadata?.name}`,
        text: JSON.stringify(object),
      })),
    ),
  );
  return lists.flat();
}

/** All events since the namespace was made, and each Job that is gone by now. */
async function eventTexts({ record }: World): Promise<readonly PublicText[]> {
  return (['Event', 'Job'] as const).flatMap((kind) =>
    record.historyOf(kind).map(({ object }) => ({
      place: `${kind} ${object.metadata?.name} of the past`,
      text: JSON.stringify(object),
    })),
  );
}

async function logTexts({ objects, kubectl }: World): Promise<readonly PublicText[]> {
  const pods = await objects.list('Pod');
  return Promise.all(pods.map((pod) => logText(pod, kubectl)));
}

/** A pod that has gone since it was listed has no log any more. */
async function logText({ metadata }: V1Pod, kubectl: World['kubectl']): Promise<PublicText> {
  const name = metadata?.name ?? '';
  const result = await kubectl(['logs', name, '--all-containers', '--tail=-1']);
  const isGone = result.stderr.includes('(NotFound)');
  return { place: `the log of ${name}`, text: isGone ? '' : checkSucceeded(result).stdout };
}

async function helmTexts({ helm, release, objects }: World): Promise<readonly PublicText[]> {
  const all = checkSucceeded(await helm.run(['get', 'all', release]));
  const secrets = (await objects.list('Secret')).filter(({ type }) => type === 'helm.sh/release.v1');
  const connection = await objects.get('Secret', `${release}-connection`);
  return [
    { place: 'helm get all', text: all.stdout },
    {
      place: 'the connection Secret',
      text: Object.values(connection.data ?? {})
        .map(decoded)
        .join('\n'),
    },
    ...secrets.map((secret) => ({ place: `Secret ${secret.metadata?.name}`, text: recordOf(secret) })),
  ];
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64').toString();
}

/** Helm keeps its record compressed, in base64 within the base64 of the Secret. */
function recordOf({ data = {} }: V1Secret): string {
  return gunzipSync(Buffer.from(decoded(data.release ?? ''), 'base64')).toString();
}
