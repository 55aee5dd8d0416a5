import type { V1NetworkPolicy, V1Service } from '@kubernetes/client-node';
import { isReady } from '../../world/pod-facts.ts';
import { programPod, programsConfigMap, roleLabel } from '../../world/program-pod.ts';
import type { World } from '../../world/world.ts';

/** Name of the model's pod and Service. */
export const modelName = 'model';
/** Port that the agent is told of, and one that it is not. */
export const modelPorts = { known: 8080, other: 8081 } as const;

/** A namespace that denies by default: only what the chart's own policies allow is possible for its pods. */
export async function denyByDefault({ objects }: World): Promise<void> {
  await objects.apply(denyAll);
  await objects.apply(suiteSpeaks);
}

const header = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;
const denyAll: V1NetworkPolicy = {
  ...header,
  metadata: { name: 'e2e-deny-all' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};
/** The suite's own pods may speak to everybody: what stops them has to be the policy of who is spoken to. */
const suiteSpeaks: V1NetworkPolicy = {
  ...header,
  metadata: { name: 'e2e-suite-speaks' },
  spec: {
    podSelector: { matchExpressions: [{ key: roleLabel, operator: 'Exists' }] },
    policyTypes: ['Egress'],
    egress: [{}],
  },
};

/** An endpoint for the agent's model, outside of the release's namespace. */
export async function startModel(elsewhere: World): Promise<void> {
  await elsewhere.objects.apply(modelService);
  await startProgram(elsewhere, modelName, 'model-main.ts');
}

const modelService: V1Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: modelName },
  spec: {
    // Without an address of its own: connections are judged by the policies alone, and not by a missing port.
    clusterIP: 'None',
    selector: { [roleLabel]: modelName },
  },
};

/** A pod that is nobody to the release. */
export function startStranger(world: World): Promise<void> {
  return startProgram(world, 'stranger', 'idle-main.ts');
}

async function startProgram({ objects, chart, waitFor }: World, name: string, file: string): Promise<void> {
  await objects.apply(await programsConfigMap());
  await objects.apply(programPod({ name, role: name, image: chart.agentImage, program: [file] }));
  await waitFor(`the pod ${name} to be ready`, (state) => {
    const pod = state.find('Pod', name);
    return pod !== undefined && isReady(pod);
  });
}
