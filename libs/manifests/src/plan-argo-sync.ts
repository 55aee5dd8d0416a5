import { type ArgoPhaseName, argoPhasesOf, argoWaveOf } from './argo-hooks.ts';
import { textAt } from './json.ts';
import { byArgoOrder, byCodeUnit } from './kind-order.ts';
import {
  groupKindOf,
  groupOf,
  type KubernetesObject,
  nameOf,
  namespaceOf,
  type RenderedObject,
} from './kubernetes-object.ts';
import type { Phase } from './phase.ts';

/**
 * What Argo CD does in one sync, as its code decides it object by object: phases, inside them waves, inside these the
 * order of kinds and names. It waits until a wave is healthy before it begins the next. `SyncFail` runs only after a
 * failure. Objects that Argo CD ignores, such as Helm's tests, are in no phase.
 */
export function planArgoSync(objects: readonly RenderedObject[]): readonly Phase[] {
  const tasks = objects.flatMap(tasksOf).toSorted(byTurn);
  const ordered = dependencies.reduce(bringForward, tasks);
  const phases = Map.groupBy(ordered, ({ phase, wave }) => `${phase} ${wave}`);
  return [...phases.values()].flatMap(phaseOf);
}

/** One object in one phase; a hook of two phases is two tasks. */
interface Task {
  readonly rendered: RenderedObject;
  readonly phase: ArgoPhaseName;
  readonly wave: number;
}

/** What has to be there before others whatever its wave: they are found by a key that both name. */
interface Dependency {
  readonly provides: (object: KubernetesObject) => string | undefined;
  readonly needs: (object: KubernetesObject) => string | undefined;
}

const dependencies: readonly Dependency[] = [
  { provides: (object) => (groupKindOf(object) === 'Namespace' ? nameOf(object) : undefined), needs: namespaceOf },
  { provides: definedKindOf, needs: (object) => `${groupOf(object)}/${object.kind}` },
];

const phaseNames: readonly ArgoPhaseName[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

function tasksOf(rendered: RenderedObject): readonly Task[] {
  return argoPhasesOf(rendered.object).map((phase) => ({ rendered, phase, wave: argoWaveOf(rendered.object) }));
}

function byTurn(left: Task, right: Task): number {
  const [a, b] = [left.rendered.object, right.rendered.object];
  const byPhase = phaseNames.indexOf(left.phase) - phaseNames.indexOf(right.phase);
  return byPhase || left.wave - right.wave || byArgoOrder(a.kind, b.kind) || byCodeUnit(nameOf(a), nameOf(b));
}

function bringForward(tasks: readonly Task[], { provides, needs }: Dependency): readonly Task[] {
  const providers = tasks.filter(({ rendered }) => provides(rendered.object) !== undefined);
  return providers.reduce((ordered, provider) => {
    const own = ordered.indexOf(provider);
    const at = ordered.findIndex(({ rendered }) => needs(rendered.object) === provides(provider.rendered.object));
    const first = ordered[at];
    if (!first || at > own) return ordered;
    return ordered.toSpliced(own, 1).toSpliced(at, 0, { ...provider, phase: first.phase, wave: first.wave });
  }, tasks);
}

function definedKindOf(object: KubernetesObject): string | undefined {
  if (groupKindOf(object) !== 'CustomResourceDefinition.apiextensions.k8s.io') return undefined;
  return `${textAt(object, 'spec', 'group')}/${textAt(object, 'spec', 'names', 'kind')}`;
}

function phaseOf(tasks: readonly Task[]): readonly Phase[] {
  return tasks
    .slice(0, 1)
    .map(({ phase, wave }) => ({ name: phase, wave, objects: tasks.map(({ rendered }) => rendered) }));
}
