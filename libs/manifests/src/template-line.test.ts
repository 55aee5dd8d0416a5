import { describe, expect, it } from '@jest/globals';
import { templateLineOf } from './template-line.ts';

const template = `apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  # replicas: set by the autoscaler
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: api
          resources: {requests: {cpu: 100m}}
          env:
            - name: PORT
              value: "8000"
`;

describe('templateLineOf', () => {
  it.each([
    ['a key', ['spec', 'replicas'], 7],
    ['a key in a list', ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'], 15],
    ['a key in a flow map', ['spec', 'template', 'spec', 'containers', 0, 'resources', 'requests', 'cpu'], 12],
    ['the deepest key that is written out, where a helper writes the rest', ['metadata', 'labels', 'app'], 3],
  ] as const)('finds %s', (_, path, line) => {
    expect(templateLineOf(template, path)).toBe(line);
  });

  it('knows no line of a template that says nothing of the path', () => {
    expect(templateLineOf('{{- include "shop.deployment" . }}', ['spec', 'replicas'])).toBeUndefined();
  });
});
