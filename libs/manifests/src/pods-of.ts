import { isArgoHook } from './argo-hooks.ts';
import { isHelmHook } from './helm-hooks.ts';
import { isMap, type JsonMap, mapAt, type Path, textMapAt, valueAt } from './json.ts';
import { groupKindOf, type KubernetesObject, type RenderedObject } from './kubernetes-object.ts';

/** The pods that one object makes. */
export interface PodSource {
  readonly rendered: RenderedObject;
  /** Where the pod's spec lies in the object: `['spec', 'template', 'spec']`. */
  readonly path: Path;
  readonly spec: JsonMap;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The label app.kubernetes.io/component. */
  readonly component: string | undefined;
  /** Whether Helm or Argo CD runs the object as a hook or a test. */
  readonly isHook: boolean;
}

/** Every pod spec among the objects, hooks and tests included. */
export function podsOf(objects: readonly RenderedObject[]): readonly PodSource[] {
  return objects.flatMap((rendered) => {
    const pod = podOf(rendered);
    return pod ? [pod] : [];
  });
}

/** Where objects of a kind keep the pod that they make; undefined for kinds that make none. */
export function podTemplatePathOf(object: KubernetesObject): Path | undefined {
  return podTemplatePaths[groupKindOf(object)];
}

const podTemplatePaths: Readonly<Record<string, Path>> = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  'DaemonSet.apps': ['spec', 'template'],
  'Deployment.apps': ['spec', 'template'],
  'ReplicaSet.apps': ['spec', 'template'],
  'StatefulSet.apps': ['spec', 'template'],
  'Job.batch': ['spec', 'template'],
  'CronJob.batch': ['spec', 'jobTemplate', 'spec', 'template'],
};

function podOf(rendered: RenderedObject): PodSource | undefined {
  const { object } = rendered;
  const path = podTemplatePathOf(object);
  const template = path && valueAt(object, path);
  if (!path || !isMap(template)) return undefined;
  const labels = textMapAt(template, 'metadata', 'labels');
  return {
    rendered,
    path: [...path, 'spec'],
    spec: mapAt(template, 'spec'),
    labels,
    annotations: textMapAt(template, 'metadata', 'annotations'),
    component: labels['app.kubernetes.io/component'],
    isHook: isHelmHook(object) || isArgoHook(object),
  };
}
