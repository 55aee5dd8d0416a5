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
  const helm = turnsOf(planHelm(objects, 'install'), ({ name }) => name !== 'install');
  const argo = turnsOf(planArgoSync(objects), () => false);
  return [
    { engine: 'helm install', turnOf: (rendered) => helm.get(rendered) },
    { engine: 'Argo CD', turnOf: (rendered) => argo.get(rendered) },
  ];
}

/** Helm waits for every single hook, Argo CD for whole waves. */
function turnsOf(phases: readonly Phase[], waitsForEach: (phase: Phase) => boolean): ReadonlyMap<RenderedObject, Turn> {
  const turns = new Map<RenderedObject, Turn>();
  phases.forEach((phase, phaseIndex) => {
    phase.objects.forEach((rendered, index) => {
      const rank = phaseIndex + (waitsForEach(phase) ? index / phase.objects.length : 0);
      if (!turns.has(rendered))
        turns.set(rendered, { rank, phase: `${phase.name}${phase.wave === 0 ? '' : ` wave ${phase.wave}`}` });
    });
  });
  return turns;
}
