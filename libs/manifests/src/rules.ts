/** Every rule that a render can break, how grave that is, and what it means to break it. */
export const rules = {
  'duplicate-key': ['error', 'A map gives one key twice; Kubernetes keeps the last and drops the others silently.'],
  'null-key': ['error', 'A map has a key that is empty or null.'],

  'unknown-kind': ['error', 'No schema is known for this apiVersion and kind.'],
  'removed-api': ['error', 'This Kubernetes version no longer serves the apiVersion.'],
  'deprecated-api': ['warning', 'A later Kubernetes version will stop serving the apiVersion.'],
  'unknown-field': ['error', 'The schema has no such field; the API server drops it or refuses the object.'],
  'wrong-type': ['error', 'The value has another type than the schema says.'],
  'missing-field': ['error', 'A field that the API server demands is absent.'],
  'not-allowed': ['error', 'The value is none of those that the API server knows.'],
  'out-of-range': ['error', 'A number, length or count is below or above what is allowed.'],
  'bad-format': ['error', 'The text does not have the syntax that the field demands.'],
  'bad-quantity': ['error', 'The value is not a quantity.'],
  'quantity-not-canonical': [
    'warning',
    'The API server writes the quantity differently, which Argo CD shows as a difference for ever.',
  ],
  'duplicate-item': ['error', 'Two items of a list have the same key: fatal under server-side apply.'],
  'no-choice-fits': ['error', 'The value fits none, or more than one, of the alternatives in the schema.'],
  'null-value': ['warning', 'An entry of a map is null, which Kubernetes reads as empty text or drops.'],
  'status-set': ['warning', 'The object states a status, which only the cluster writes.'],
  'exclusive-fields': ['error', 'Of some fields exactly one, or at most one, may be set.'],
  'inconsistent-fields': ['error', 'Two fields contradict each other.'],

  'bad-name': ['error', 'The name does not have the syntax that its kind demands.'],
  'name-too-long': ['warning', 'The name leaves no room for the suffixes of the pods.'],
  'bad-label': ['error', 'A label or a selector has a key or value that is not allowed.'],
  'bad-annotation': ['error', 'An annotation has a key that is not allowed, or all together are too long.'],
  'wrong-scope': ['error', 'An object that belongs to the whole cluster states a namespace.'],
  'other-namespace': ['warning', 'The object goes into another namespace than the release.'],
  'duplicate-object': ['error', 'Two documents of the render are one and the same object.'],
  'hook-shadows-object': ['error', 'A hook and an object of the release are one and the same object.'],

  'selector-mismatch': ['error', 'The selector of a workload does not match its own pods.'],
  'selects-nothing': ['error', 'A selector matches nothing in the render.'],
  'selects-hook': ['error', 'A Service or disruption budget also matches the pods of a hook or test.'],
  'unknown-volume': ['error', 'A container mounts a volume that the pod does not have.'],
  'unknown-port': ['error', 'Something refers to a port that is not there.'],
  'unresolved-reference': ['error', 'Nothing in the render, and nothing that is provided, is what this refers to.'],
  'unresolved-key': ['error', 'The ConfigMap or Secret of the render does not have the key.'],
  'comes-too-late': ['error', 'What this needs is created later by Helm or Argo CD, so it waits for ever.'],
  'deleted-before-use': ['error', 'Helm or Argo CD deletes a hook that something else still needs.'],
  'reads-previous-release': ['warning', 'A hook before the upgrade reads an object as the release before left it.'],
  'replicas-fought-over': ['warning', 'An autoscaler and the manifest both set the number of replicas.'],

  'unknown-hook': [
    'error',
    'Helm or Argo CD does not know the hook, and ignores the object or treats it as a plain one.',
  ],
  'bad-weight': ['error', 'A hook weight or sync wave is not a whole number, so it counts as 0.'],
  'unknown-hook-policy': ['error', 'Helm or Argo CD does not know the delete or log policy, and ignores it.'],
  'unknown-annotation': ['error', 'Neither Helm nor Argo CD reads the annotation, although it has their prefix.'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

export type RuleName = keyof typeof rules;
