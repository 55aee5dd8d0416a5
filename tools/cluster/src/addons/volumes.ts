import { kubeconfigOf } from '../certificates/write-kubeconfig.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { Programs } from '../components/build-components.ts';
import { inControlPlane } from '../control-plane/network.ts';
import type { ClusterProcess } from '../processes/cluster-process.ts';
import { grant, user } from './grant.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

const namespace = 'local-path-storage';
const name = 'local-path-provisioner';

/** Makes a directory of a node for each claim, by a helper pod on that node. */
export function volumeProvisioner(programs: Programs): ClusterProcess {
  const flags = [
    '--kubeconfig',
    kubeconfigOf(name),
    '--namespace',
    namespace,
    '--provisioner-name',
    'rancher.io/local-path',
  ];
  return { name, command: inControlPlane([programs[name] ?? '', 'start', ...flags, '--service-account-name', name]) };
}

/** The default StorageClass and what its provisioner needs; `image` has a shell. */
export function volumeObjects(image: string): readonly KubernetesObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      // The helper pod writes into a directory of the node.
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    storageClass,
    ...grant(name, user(name), rules),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'local-path-config', namespace }, data: settings(image) },
  ];
}

const storageClass: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local-path', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'rancher.io/local-path',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Delete',
};

const rules = [
  {
    apiGroups: [''],
    resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods/log'],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: [''], resources: ['pods', 'persistentvolumes', 'endpoints'], verbs: ['*'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
];

function settings(image: string): Readonly<Record<string, string>> {
  const paths = { node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: [clusterLayout.volumes] };
  const container = { name: 'helper-pod', image, imagePullPolicy: 'IfNotPresent' };
  const pod = { priorityClassName: 'system-node-critical', containers: [container] };
  return {
    'config.json': JSON.stringify({ nodePathMap: [paths] }),
    // Every user of a pod may write: the volume's own permissions are the pod's fsGroup, which local volumes ignore.
    setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
    teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
    'helperPod.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'helper-pod' }, spec: pod }),
  };
}
