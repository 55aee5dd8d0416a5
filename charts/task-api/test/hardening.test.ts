import { beforeAll, describe, expect, it } from '@jest/globals';
import { nameOf, type PodSource, podsOf, type RenderedObject } from '@task-api/manifests';
import { at, listAt } from './support/at.ts';
import { everyFeature } from './support/every-feature.ts';
import { renderRelease } from './support/task-api-chart.ts';

let objects: readonly RenderedObject[];
let pods: readonly PodSource[];
beforeAll(async () => {
  objects = await renderRelease(everyFeature);
  pods = podsOf(objects);
});

describe('every pod of a release, hooks, tests and databases included', () => {
  it('meets Pod Security "restricted"', () => {
    expect(pods.map(({ rendered }) => nameOf(rendered.object))).toEqual(
      expect.arrayContaining([
        'task-api',
        'task-api-migrate',
        'task-api-credentials-init',
        'task-api-test-connection',
        'task-api-postgresql-primary',
        'task-api-redis-replicas',
      ]),
    );
    expect(pods.flatMap(restrictedViolations)).toEqual([]);
  });

  it('asks for CPU and memory in every container and limits memory', () => {
    for (const [where, container] of pods.flatMap(containersOf)) {
      expect([where, at(container, 'resources', 'requests')]).toEqual([
        where,
        { cpu: expect.anything(), memory: expect.anything() },
      ]);
      expect([where, at(container, 'resources', 'limits', 'memory')]).toEqual([where, expect.anything()]);
    }
  });

  it('has no password in an environment variable of the agent’s image', () => {
    const own = pods.filter(({ rendered }) => rendered.source.template.startsWith('task-api/templates/'));
    for (const { spec } of own) expect(JSON.stringify(spec)).not.toContain('secretKeyRef');
  });
});

describe('pods of this chart', () => {
  it('have a read-only root file system and write to /tmp alone', () => {
    for (const [where, container] of own().flatMap(containersOf)) {
      expect([where, at(container, 'securityContext', 'readOnlyRootFilesystem')]).toEqual([where, true]);
      const writable = listAt(container, 'volumeMounts').filter((mount) => at(mount, 'readOnly') !== true);
      expect(writable.map((mount) => at(mount, 'mountPath'))).toEqual(['/tmp']);
    }
  });

  it('mount an API token in the credentials hook only', () => {
    const withToken = own().filter(({ spec }) => spec.automountServiceAccountToken !== false);
    expect(withToken.map(({ component }) => component)).toEqual(['credentials-init']);
  });

  it('keep Services and budgets to the agent’s pods', () => {
    const selectors = objects
      .filter(({ source }) =>
        /^task-api\/templates\/(service|poddisruptionbudget|metrics\/servicemonitor)\.yaml/.test(source.template),
      )
      .map(({ object }) => at(object, 'spec', 'selector', 'matchLabels') ?? at(object, 'spec', 'selector'));
    expect(selectors).toHaveLength(3);
    for (const selector of selectors) {
      const matched = pods.filter(({ labels }) => isSubset(selector, labels));
      expect(matched.filter(({ rendered }) => rendered.object.kind !== 'Deployment')).toEqual([]);
    }
  });

  it('have a selector that the Deployment’s own pods match', () => {
    const deployment = pods.find(({ rendered }) => rendered.object.kind === 'Deployment');
    const selector = at(deployment?.rendered.object, 'spec', 'selector', 'matchLabels');
    expect(selector).toHaveProperty(['app.kubernetes.io/component'], 'agent');
    expect(isSubset(selector, deployment?.labels ?? {})).toBe(true);
  });
});

describe('databases', () => {
  it('mount no API token', () => {
    const databases = pods.filter(({ rendered }) => rendered.object.kind === 'StatefulSet');
    const accounts = objects.filter(({ object }) => object.kind === 'ServiceAccount');
    const tokens = databases.filter(({ spec }) => {
      const account = accounts.find(({ object }) => nameOf(object) === spec.serviceAccountName)?.object;
      return (spec.automountServiceAccountToken ?? at(account, 'automountServiceAccountToken')) !== false;
    });
    expect(databases).not.toHaveLength(0);
    expect(tokens.map(({ rendered }) => nameOf(rendered.object))).toEqual([]);
  });
});

function own(): readonly PodSource[] {
  return pods.filter(({ rendered }) => rendered.source.template.startsWith('task-api/templates/'));
}

type Container = readonly [where: string, container: ReturnType<typeof at>];

function containersOf({ rendered, spec }: PodSource): readonly Container[] {
  const all = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  return all.map((container) => [`${nameOf(rendered.object)}/${at(container, 'name')}`, container]);
}

/** The rules of the Pod Security Standard that concern the fields a chart sets. */
function restrictedViolations(pod: PodSource): readonly string[] {
  return containersOf(pod).flatMap(([where, container]) => {
    const effective = (field: string) =>
      at(container, 'securityContext', field) ?? at(pod.spec, 'securityContext', field);
    const problems = [
      [effective('runAsNonRoot') === true, 'runAsNonRoot'],
      [effective('runAsUser') !== 0, 'runAsUser'],
      [at(container, 'securityContext', 'allowPrivilegeEscalation') === false, 'allowPrivilegeEscalation'],
      [listAt(container, 'securityContext', 'capabilities', 'drop').includes('ALL'), 'capabilities'],
      [at(effective('seccompProfile'), 'type') === 'RuntimeDefault', 'seccompProfile'],
    ] as const;
    return problems.filter(([holds]) => !holds).map(([, rule]) => `${where}: ${rule}`);
  });
}

function isSubset(selector: ReturnType<typeof at>, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}
