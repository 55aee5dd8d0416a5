import { describe, expect, it } from '@jest/globals';
import { type Json, podsOf, type RenderedObject } from '@task-api/manifests';
import { at, listAt } from './support/at.ts';
import { everyFeature } from './support/every-feature.ts';
import { findObject, namesOf } from './support/find-object.ts';
import { renderOwn, renderRelease } from './support/task-api-chart.ts';

const released = renderRelease();

describe('network policies', () => {
  it('cover every pod of the release', async () => {
    const objects = await renderRelease(everyFeature);
    const selectors = objects
      .filter(({ object }) => object.kind === 'NetworkPolicy')
      .map(({ object }) => at(object, 'spec', 'podSelector', 'matchLabels'));
    const uncovered = podsOf(objects).filter(({ labels }) => !selectors.some((selector) => isSubset(selector, labels)));
    expect(uncovered.map(({ rendered }) => rendered.source.template)).toEqual([]);
  });

  it.each([
    ['agent', 'postgresql', 5432],
    ['agent', 'redis', 6379],
    ['migration', 'postgresql', 5432],
    ['test', 'agent', 8000],
    ['test', 'postgresql', 5432],
    ['test', 'redis', 6379],
  ])('let %s reach %s', async (from, to, port) => {
    const objects = await released;
    expect(mayOpen(objects, labelsOf(objects, from), labelsOf(objects, to), port)).toBe(true);
    expect(mayAccept(objects, labelsOf(objects, from), labelsOf(objects, to), port)).toBe(true);
  });

  it.each([
    ['migration', 'redis', 6379],
    ['credentials-init', 'postgresql', 5432],
  ])('keep %s from %s', async (from, to, port) => {
    const objects = await released;
    expect(mayAccept(objects, labelsOf(objects, from), labelsOf(objects, to), port)).toBe(false);
  });

  it('keep pods of others from the databases, and let everybody call the agent', async () => {
    const objects = await released;
    const stranger = { app: 'stranger' };
    expect(mayAccept(objects, stranger, labelsOf(objects, 'postgresql'), 5432)).toBe(false);
    expect(mayAccept(objects, stranger, labelsOf(objects, 'redis'), 6379)).toBe(false);
    expect(mayAccept(objects, stranger, labelsOf(objects, 'agent'), 8000)).toBe(true);
  });

  it('let the test through when only some may call the agent', async () => {
    const objects = await renderOwn({
      networkPolicy: { ingressFrom: [{ podSelector: { matchLabels: { app: 'gateway' } } }] },
    });
    const agent = labelsOf(objects, 'agent');
    expect(mayAccept(objects, { app: 'gateway' }, agent, 8000)).toBe(true);
    expect(mayAccept(objects, labelsOf(objects, 'test'), agent, 8000)).toBe(true);
    expect(mayAccept(objects, { app: 'stranger' }, agent, 8000)).toBe(false);
  });

  it.each([
    ['https://models.example.com/v1', 443],
    ['http://ollama.models/v1', 80],
    ['http://ollama.models:11434/v1', 11434],
  ])('open the port of the model endpoint %s', async (baseUrl, port) => {
    const objects = await renderOwn({ model: { provider: 'openai-compatible', baseUrl } });
    expect(portsToOutside(objects, 'task-api-agent')).toEqual([port]);
  });

  it('let nobody out but to names and databases while the model is embedded', async () => {
    expect(portsToOutside(await released, 'task-api-agent')).toEqual([]);
  });

  it('follow an external database', async () => {
    const objects = await renderOwn({
      postgresql: { enabled: false },
      externalDatabase: { host: 'db.example.com', port: 6432, existingSecret: 'db' },
    });
    expect(portsToOutside(objects, 'task-api-agent')).toEqual([6432]);
    expect(portsToOutside(objects, 'task-api-migrate')).toEqual([6432]);
    expect(namesOf(objects, 'NetworkPolicy')).not.toContain('task-api-postgresql-clients');
  });

  it('disappear together', async () => {
    expect(namesOf(await renderOwn({ networkPolicy: { enabled: false } }), 'NetworkPolicy')).toEqual([]);
  });
});

type Labels = Readonly<Record<string, string>>;

/** Labels of the pods of a component of this chart, or of a dependency by its name. */
function labelsOf(objects: readonly RenderedObject[], name: string): Labels {
  const pod = podsOf(objects).find(
    ({ component, labels }) => component === name || labels['app.kubernetes.io/name'] === name,
  );
  return pod?.labels ?? { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'task-api' };
}

/** Whether the egress policies of `from` let it open a connection: all pods have one, so some rule has to match. */
function mayOpen(objects: readonly RenderedObject[], from: Labels, to: Labels, port: number): boolean {
  return rulesFor(objects, from, 'egress').some((rule) => matches(rule, 'to', to, port));
}

function mayAccept(objects: readonly RenderedObject[], from: Labels, to: Labels, port: number): boolean {
  return rulesFor(objects, to, 'ingress').some((rule) => matches(rule, 'from', from, port));
}

function rulesFor(objects: readonly RenderedObject[], pod: Labels, direction: 'ingress' | 'egress'): readonly Json[] {
  return objects
    .filter(
      ({ object }) =>
        object.kind === 'NetworkPolicy' && isSubset(at(object, 'spec', 'podSelector', 'matchLabels'), pod),
    )
    .flatMap(({ object }) => listAt(object, 'spec', direction));
}

function matches(rule: Json, side: 'to' | 'from', peer: Labels, port: number): boolean {
  const hasPort = listAt(rule, 'ports').some((entry) => at(entry, 'port') === port);
  const peers = listAt(rule, side);
  return (
    hasPort && (peers.length === 0 || peers.some((entry) => isSubset(at(entry, 'podSelector', 'matchLabels'), peer)))
  );
}

function isSubset(selector: Json | undefined, labels: Labels): boolean {
  const entries = Object.entries(selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

function portsToOutside(objects: readonly RenderedObject[], policy: string): readonly (Json | undefined)[] {
  const rules = listAt(findObject(objects, 'NetworkPolicy', policy), 'spec', 'egress');
  return rules
    .filter((rule) => listAt(rule, 'to').some((peer) => at(peer, 'ipBlock') !== undefined))
    .flatMap((rule) => listAt(rule, 'ports').map((entry) => at(entry, 'port')));
}
