import type { RenderedObject } from './kubernetes-object.ts';
import type { Phase } from './phase.ts';
import { planArgoSync } from './plan-argo-sync.ts';
import { planHelm } from './plan-helm.ts';

/** When an engine creates the objects of a render for the first time. */
export interface EnginePlan {
  readonly engine: 'helm install' | 'Argo CD';
  /** Undefined for what the engine does not create. */
  turnOf(rendered: RenderedObject): Turn | undefined;
}

export interface Turn {
  /** What has a higher rank is created only once everything with a lower one is ready. */
  readonly rank: number;
  /** `Sync wave -1` */
  readonly phase: string;
}

export function enginePlans(objects: readonly RenderedObject[]): readonly EnginePlan[] {
  const helm = turnsOf(planHelm(objects, 'install'), {
    waitsForEach: ({ name }) => name !== 'install',
    order: 'weight',
  });
  const argo = turnsOf(planArgoSync(objects), { waitsForEach: () => false, order: 'wave' });
  return [
    { engine: 'helm install', turnOf: (rendered) => helm.get(rendered) },
    { engine: 'Argo CD', turnOf: (rendered) => argo.get(rendered) },
  ];
}

interface Engine {
  /** Helm waits for every single hook, Argo CD only for whole waves. */
  readonly waitsForEach: (phase: Phase) => boolean;
  /** What the engine calls the number by which it orders. */
  readonly order: 'weight' | 'wave';
}

function turnsOf(phases: readonly Phase[], engine: Engine): ReadonlyMap<RenderedObject, Turn> {
  const turns = phases.flatMap((phase, at) =>
    phase.objects.map(
      (rendered, index) => [rendered, turnIn(phase, at + share(phase, index, engine), engine)] as const,
    ),
  );
  // The first turn counts, so it has to be the last one that the map is given.
  return new Map(turns.toReversed());
}

function share(phase: Phase, index: number, { waitsForEach }: Engine): number {
  return waitsForEach(phase) ? index / phase.objects.length : 0;
}

function turnIn({ name, wave }: Phase, rank: number, { order }: Engine): Turn {
  return { rank, phase: wave === 0 ? name : `${name} ${order} ${wave}` };
}
