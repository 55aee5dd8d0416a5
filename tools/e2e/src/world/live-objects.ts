import {
  ApiException,
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { E2eError } from '../e2e-error.ts';
import { type Kind, kinds, type ObjectTypes } from './kinds.ts';

/** An object of any kind, or a part of one. */
export type Manifest = KubernetesObject | (KubernetesObject & Readonly<Record<string, unknown>>);

type Labels = Readonly<Record<string, string>>;

/** The objects of the cluster as the API server has them at this moment. */
export interface LiveObjects {
  /** @throws {E2eError} `object-missing` */
  get<Name extends Kind>(kind: Name, name: string): Promise<ObjectTypes[Name]>;
  find<Name extends Kind>(kind: Name, name: string): Promise<ObjectTypes[Name] | undefined>;
  list<Name extends Kind>(kind: Name, labels?: Labels): Promise<readonly ObjectTypes[Name][]>;
  /** Creates the object, or brings it to what is given (server-side apply). */
  apply(object: Manifest): Promise<void>;
  /** Changes the fields that are given (strategic merge). */
  patch(kind: Kind, name: string, change: Manifest): Promise<void>;
  /** Asks for the deletion and does not wait for it; an object that does not exist is no error. */
  delete(kind: Kind, name: string, options?: { readonly gracePeriodSeconds?: number }): Promise<void>;
  listRaw(kind: Kind, namespace: string): Promise<KubernetesListObject<KubernetesObject>>;
}

const missingStatus = 404;

/** The live objects of one namespace, and those of the whole cluster that belong to none. */
export function liveObjects(config: KubeConfig, namespace: string): LiveObjects {
  const api = KubernetesObjectApi.makeApiClient(config);
  const find: LiveObjects['find'] = (kind, name) => orMissing(api.read(headerOf(kind, name, namespace)));
  return {
    find,
    async get(kind, name) {
      const object = await find(kind, name);
      if (object === undefined) throw new E2eError('object-missing', { what: `${kind} ${name}`, value: namespace });
      return object;
    },
    list: async (kind, labels = {}) => (await listKind(api, kind, { namespace, labels })).items,
    listRaw: (kind, ofNamespace) => listKind(api, kind, { namespace: ofNamespace, labels: {} }),
    apply: (object) => applyObject(api, object, namespace),
    patch: (kind, name, change) => patchObject(api, headerOf(kind, name, namespace), change),
    async delete(kind, name, { gracePeriodSeconds } = {}) {
      await orMissing(api.delete(headerOf(kind, name, namespace), undefined, undefined, gracePeriodSeconds));
    },
  };
}

interface Header {
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function headerOf(kind: Kind, name: string, namespace: string): Header {
  const { apiVersion, isNamespaced } = kinds[kind];
  return { apiVersion, kind, metadata: isNamespaced ? { name, namespace } : { name } };
}

async function orMissing<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiException && error.code === missingStatus) return undefined;
    throw error;
  }
}

interface Selection {
  readonly namespace: string;
  readonly labels: Labels;
}

async function listKind<Name extends Kind>(
  api: KubernetesObjectApi,
  kind: Name,
  { namespace, labels }: Selection,
): Promise<KubernetesListObject<ObjectTypes[Name]>> {
  const { apiVersion, isNamespaced } = kinds[kind];
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const place = isNamespaced ? namespace : undefined;
  const none = undefined;
  return api.list(apiVersion, kind, place, none, none, none, none, selector === '' ? none : selector);
}

async function applyObject(api: KubernetesObjectApi, object: KubernetesObject, namespace: string): Promise<void> {
  const isClusterWide = Object.entries(kinds).some(([kind, facts]) => kind === object.kind && !facts.isNamespaced);
  const placed = isClusterWide ? object : { ...object, metadata: { namespace, ...object.metadata } };
  const force = true;
  await api.patch(placed, undefined, undefined, 'e2e', force, PatchStrategy.ServerSideApply);
}

async function patchObject(api: KubernetesObjectApi, header: Header, change: KubernetesObject): Promise<void> {
  const none = undefined;
  const named = { ...change, ...header, metadata: { ...change.metadata, ...header.metadata } };
  await api.patch(named, none, none, none, none, PatchStrategy.StrategicMergePatch);
}
