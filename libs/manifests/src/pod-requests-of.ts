import { type Json, type JsonMap, listAt, textAt, valueAt } from './json.ts';
import { bytesOf, cpuMillisOf, isQuantity } from './quantity.ts';

export interface PodRequests {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/**
 * What the scheduler reserves for a pod: the larger of what its containers need together and what any init container
 * needs when it runs, sidecars counted in both, plus the runtime's overhead. Requests of the whole pod win over the sum.
 */
export function podRequestsOf(spec: JsonMap): PodRequests {
  return {
    cpuMillis: effectiveRequest(spec, 'cpu', cpuMillisOf),
    memoryBytes: effectiveRequest(spec, 'memory', bytesOf),
  };
}

type Resource = 'cpu' | 'memory';
type Measure = (quantity: string) => number;

function effectiveRequest(spec: JsonMap, resource: Resource, measure: Measure): number {
  const requestOf = (owner: Json) => requestedAmount(owner, resource, measure);
  const overhead = measured(valueAt(spec, ['overhead', resource]), measure) ?? 0;
  return (requestOf(spec) ?? requestOfContainers(spec, (container) => requestOf(container) ?? 0)) + overhead;
}

function requestOfContainers(spec: JsonMap, requestOf: (container: Json) => number): number {
  const sum = (containers: readonly Json[]) =>
    containers.reduce<number>((total, container) => total + requestOf(container), 0);
  const initContainers = listAt(spec, 'initContainers');
  const running = sum(listAt(spec, 'containers')) + sum(initContainers.filter(isSidecar));
  const starting = initContainers.map(
    (container, at) => requestOf(container) + sum(initContainers.slice(0, at).filter(isSidecar)),
  );
  return Math.max(running, ...starting);
}

/** An init container that goes on running beside the containers. */
function isSidecar(container: Json): boolean {
  return textAt(container, 'restartPolicy') === 'Always';
}

/** A limit without a request is the request. */
function requestedAmount(owner: Json, resource: Resource, measure: Measure): number | undefined {
  const requested = measured(valueAt(owner, ['resources', 'requests', resource]), measure);
  return requested ?? measured(valueAt(owner, ['resources', 'limits', resource]), measure);
}

/** What is not a quantity is a finding of the validation, and counts as absent here. */
function measured(quantity: Json | undefined, measure: Measure): number | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  return isQuantity(String(quantity)) ? measure(String(quantity)) : undefined;
}
