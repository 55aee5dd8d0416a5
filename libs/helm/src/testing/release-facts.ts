import { parseAllDocuments } from 'yaml';
import type { KubernetesObject, Mapping, Metadata, Service } from './kubernetes-objects.ts';
import { type StatefulSetFacts, statefulSetFacts } from './statefulset-facts.ts';

/** What users of a chart rely on, in a form in which two charts can be compared. */
export interface ReleaseFacts {
  /** `Service task-api-redis-master`, in order; an object that is there twice is listed twice. */
  readonly objects: readonly string[];
  readonly statefulSets: Readonly<Record<string, StatefulSetFacts>>;
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** Keys by Secret. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  /** Whether pods get an API token, by ServiceAccount. */
  readonly serviceAccounts: Readonly<Record<string, boolean>>;
  readonly disruptionBudgets: Readonly<Record<string, unknown>>;
  readonly networkPolicies: Readonly<Record<string, unknown>>;
  /** Labels and annotations of every object; those that only say which chart wrote it are left out. */
  readonly metadata: Readonly<Record<string, Omit<Metadata, 'name'>>>;
}

export interface ServiceFacts {
  readonly type: string;
  readonly isHeadless: boolean;
  /** `tcp-redis 6379 redis`: name, port, name of the container's port. */
  readonly ports: readonly string[];
  readonly selector: Mapping;
}

/** Reads the facts out of what `helm template` printed. */
export function releaseFacts(manifest: string): ReleaseFacts {
  const objects = readObjects(manifest);
  const facts = factsIn(objects);
  return {
    objects: objects.map(title).sort(),
    statefulSets: facts('StatefulSet', statefulSetFacts),
    services: facts('Service', serviceFacts),
    secrets: facts('Secret', ({ data = {} }) => Object.keys(data).sort()),
    serviceAccounts: facts('ServiceAccount', ({ automountServiceAccountToken = true }) => automountServiceAccountToken),
    disruptionBudgets: facts('PodDisruptionBudget', ({ spec }) => spec),
    // Without policyTypes, Kubernetes takes a policy that has ingress rules only for Ingress.
    networkPolicies: facts('NetworkPolicy', ({ spec }) => ({ policyTypes: ['Ingress'], ...spec })),
    metadata: Object.fromEntries(objects.map((object) => [title(object), chosenMetadata(object.metadata)])),
  };
}

function readObjects(manifest: string): readonly KubernetesObject[] {
  const documents: readonly (KubernetesObject | null)[] = parseAllDocuments(manifest).map((document) =>
    document.toJS(),
  );
  return documents.filter((object) => object !== null);
}

type OfKind<Kind> = KubernetesObject & { readonly kind: Kind };

function factsIn(objects: readonly KubernetesObject[]) {
  return <Kind extends KubernetesObject['kind'], Fact>(kind: Kind, read: (object: OfKind<Kind>) => Fact) => {
    const matching = objects.filter((object): object is OfKind<Kind> => object.kind === kind);
    return Object.fromEntries(matching.map((object) => [object.metadata.name, read(object)] as const));
  };
}

function title({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.name}`;
}

function serviceFacts({ spec }: Service): ServiceFacts {
  return {
    type: spec.type,
    isHeadless: spec.clusterIP === 'None',
    ports: spec.ports.map(({ name, port, targetPort }) => `${name} ${port} ${targetPort}`),
    selector: spec.selector,
  };
}

const writtenByCharts = /^(helm\.sh\/chart|app\.kubernetes\.io\/(version|managed-by)|service\.alpha\..*)$/;

function chosenMetadata({ labels = {}, annotations }: Metadata): Omit<Metadata, 'name'> {
  return { labels: withoutChartsOwn(labels), annotations: withoutChartsOwn(annotations ?? {}) };
}

function withoutChartsOwn(mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => !writtenByCharts.test(key)));
}
