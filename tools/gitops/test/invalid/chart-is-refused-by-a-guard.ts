import type { InvalidInput } from '../invalid-input.ts';

const template = 'charts/task-api/templates/guard.yaml';

export const input: InvalidInput = {
  args: ['template', 'dev'],
  invalid: { [template]: '{{- fail "replicaCount is 0; set it to 1 or more" -}}\n' },
  valid: { [template]: '{{- if not .Values }}{{ fail "replicaCount is 0; set it to 1 or more" }}{{ end -}}\n' },
  exitCode: 3,
  message: 'replicaCount is 0; set it to 1 or more',
};
