import { containersOf } from '../containers-of.ts';
import { type Json, listAt, mapAt, numberAt, type Path, textAt, valueAt } from '../json.ts';
import type { PodSource } from '../pods-of.ts';
import type { Problem } from '../problem.ts';
import { isQuantity, parseQuantity } from '../quantity.ts';
import { didYouMean } from '../suggest.ts';
import type { PodRule } from './rule.ts';

export const containerNamesDiffer: PodRule = (pod) => {
  const places = containersOf(pod);
  const names = places.map(({ container }) => textAt(container, 'name'));
  // Two of one list are a duplicate item for the schema already.
  return places.flatMap(({ path, isInit }, at) => {
    const first = names.indexOf(names[at]);
    if (names[at] === undefined || isInit || !places[first]?.isInit) return [];
    return [
      {
        rule: 'duplicate-item',
        path: [...path, 'name'],
        message: `is "${names[at]}", as an init container is called; names must differ in a pod`,
      },
    ];
  });
};

export const mountsNameVolumes: PodRule = (pod) => {
  const volumes = [
    ...listAt(pod.spec, 'volumes').map((volume) => textAt(volume, 'name')),
    ...claimTemplatesOf(pod),
  ].filter((name) => name !== undefined);
  return containersOf(pod).flatMap(({ container, path }) =>
    listAt(container, 'volumeMounts').flatMap((mount, index): readonly Problem[] => {
      const name = textAt(mount, 'name');
      if (name === undefined || volumes.includes(name)) return [];
      const known = volumes.length === 0 ? 'it has none' : `it has ${volumes.join(', ')}`;
      return [
        {
          rule: 'unknown-volume',
          path: [...path, 'volumeMounts', index, 'name'],
          message: `names "${name}", which the pod does not have; ${known}${didYouMean(name, volumes)}`,
        },
      ];
    }),
  );
};

export const probesNamePorts: PodRule = (pod) =>
  containersOf(pod).flatMap(({ container, path }) => {
    const ports = listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []);
    return handlerPaths.flatMap((steps): readonly Problem[] => {
      const name = textAt(container, ...steps, 'port');
      if (name === undefined || ports.includes(name)) return [];
      return [
        {
          rule: 'unknown-port',
          path: [...path, ...steps, 'port'],
          message: `names "${name}"; the container has ${ports.join(', ') || 'no named ports'}${didYouMean(name, ports)}`,
        },
      ];
    });
  });

export const portNamesDiffer: PodRule = (pod) =>
  containersOf(pod).flatMap(({ container, path }) => {
    const names = listAt(container, 'ports').map((port) => textAt(port, 'name'));
    const repeated = names.flatMap((name, index) =>
      name !== undefined && names.indexOf(name) !== index ? [{ name, index }] : [],
    );
    return repeated.map(({ name, index }) => ({
      rule: 'duplicate-item',
      path: [...path, 'ports', index, 'name'],
      message: `is "${name}", as another port of the container is called`,
    }));
  });

export const limitsCoverRequests: PodRule = (pod) =>
  containersOf(pod).flatMap(({ container, path }) => {
    const requests = mapAt(container, 'resources', 'requests');
    return Object.keys(requests).flatMap((resource): readonly Problem[] => {
      const [request, limit] = [requests[resource], valueAt(container, ['resources', 'limits', resource])];
      if (!isMore(request, limit)) return [];
      return [
        {
          rule: 'inconsistent-fields',
          path: [...path, 'resources', 'requests', resource],
          message: `is ${request}, more than the limit of ${limit}`,
        },
      ];
    });
  });

export const restartPolicyFitsOwner: PodRule = ({ rendered, path, spec }) => {
  const allowed = restartPolicies[rendered.object.kind];
  const policy = textAt(spec, 'restartPolicy');
  if (!allowed || (policy === undefined ? allowed.includes('Always') : allowed.includes(policy))) return [];
  const stated = policy === undefined ? 'is missing, which means Always' : `is ${policy}`;
  return [
    {
      rule: 'not-allowed',
      path: [...path, 'restartPolicy'],
      message: `${stated}; allowed for a ${rendered.object.kind} is ${allowed.join(' or ')}`,
    },
  ];
};

export const successThresholdIsOne: PodRule = (pod) =>
  containersOf(pod).flatMap(({ container, path }) =>
    ['livenessProbe', 'startupProbe'].flatMap((probe): readonly Problem[] => {
      const threshold = numberAt(container, probe, 'successThreshold') ?? 1;
      if (threshold <= 1) return [];
      return [
        {
          rule: 'out-of-range',
          path: [...path, probe, 'successThreshold'],
          message: `is ${threshold}; allowed for a ${probe} is 1`,
        },
      ];
    }),
  );

export const volumesHaveOneSource: PodRule = (pod) =>
  listAt(pod.spec, 'volumes').flatMap((volume, index): readonly Problem[] => {
    const sources = Object.keys(mapAt(volume)).filter((field) => field !== 'name' && valueAt(volume, [field]) !== null);
    if (sources.length === 1) return [];
    const stated = sources.length === 0 ? 'has no source' : `has the sources ${sources.join(' and ')}`;
    return [
      {
        rule: 'exclusive-fields',
        path: [...pod.path, 'volumes', index],
        message: `${stated}; allowed is exactly one, such as emptyDir: {}`,
      },
    ];
  });

const handlerPaths: readonly Path[] = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle.preStop',
  'lifecycle.postStart',
].flatMap((owner) => [
  [...owner.split('.'), 'httpGet'],
  [...owner.split('.'), 'tcpSocket'],
]);

const restartPolicies: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['OnFailure', 'Never'],
  DaemonSet: ['Always'],
  Deployment: ['Always'],
  Job: ['OnFailure', 'Never'],
  ReplicaSet: ['Always'],
  StatefulSet: ['Always'],
};

function claimTemplatesOf({ rendered }: PodSource): readonly (string | undefined)[] {
  return listAt(rendered.object, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));
}

function isMore(request: Json | undefined, limit: Json | undefined): boolean {
  const [requested, allowed] = [String(request), String(limit)];
  return isQuantity(requested) && isQuantity(allowed) && parseQuantity(requested) > parseQuantity(allowed);
}
