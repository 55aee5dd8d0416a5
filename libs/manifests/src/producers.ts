import { commaSeparated } from './helm-hooks.ts';
import { textAt } from './json.ts';
import { annotationsOf, groupKindOf, type KubernetesObject, nameOf, type RenderedObject } from './kubernetes-object.ts';
import type { Reference } from './reference.ts';
import { effectiveNamespaceOf, type RenderContext } from './render-context.ts';

/** An object of the render because of which what a reference names will exist. */
export interface Producer {
  readonly rendered: RenderedObject;
  /** Whether it makes the object while it runs, instead of being it. */
  readonly isMaker: boolean;
}

export function producersOf(reference: Reference, namespace: string, context: RenderContext): readonly Producer[] {
  const { groupKind, name } = reference;
  const direct = context.find({ groupKind, namespace, name }).map((rendered) => ({ rendered, isMaker: false }));
  const inNamespace = context.objects.filter(
    ({ object }) => effectiveNamespaceOf(object, context.options) === namespace,
  );
  const makers = inNamespace.filter(({ object }) => madeBy(object).some((text) => isMentioned(text, reference)));
  return [...direct, ...makers.map((rendered) => ({ rendered, isMaker: true }))];
}

/** Whether something outside the render is there: named by the caller, or made by Kubernetes in every namespace. */
export function isProvided(
  reference: Reference,
  namespace: string,
  { options: { provided = [] } }: RenderContext,
): boolean {
  return [...provided, ...madeByKubernetes].some((text) => isMentioned(text, reference, namespace));
}

const madeByKubernetes = ['v1 ServiceAccount default', 'v1 ConfigMap kube-root-ca.crt'] as const;

/** An annotation with which a Job says what it makes in the cluster: `v1 Secret task-api-credentials`. */
const createsAnnotation = 'task-api/creates';

/** What an object makes while it runs. */
function madeBy(object: KubernetesObject): readonly string[] {
  const secret = secretNameOf[groupKindOf(object)]?.(object);
  return [...commaSeparated(annotationsOf(object)[createsAnnotation]), ...(secret ? [`v1 Secret ${secret}`] : [])];
}

/** Custom resources from which an operator makes a Secret, and the name that it gets. */
const secretNameOf: Readonly<Record<string, (object: KubernetesObject) => string | undefined>> = {
  'Certificate.cert-manager.io': (object) => textAt(object, 'spec', 'secretName'),
  'ExternalSecret.external-secrets.io': (object) => textAt(object, 'spec', 'target', 'name') ?? nameOf(object),
  'SealedSecret.bitnami.com': (object) => textAt(object, 'spec', 'template', 'metadata', 'name') ?? nameOf(object),
};

/** Whether `v1 Secret name` or `v1 Secret namespace/name` is what a reference names. */
function isMentioned(text: string, { groupKind, name }: Reference, namespace = ''): boolean {
  const [apiVersion = '', kind = '', path = ''] = text.split(' ');
  const [mentionedName, mentionedNamespace = namespace] = path.split('/').reverse();
  return groupKindOf({ apiVersion, kind }) === groupKind && mentionedName === name && mentionedNamespace === namespace;
}
