import type { InvalidInput } from '../invalid-input.ts';

const template = 'charts/task-api/templates/broken.yaml';

export const input: InvalidInput = {
  args: ['validate', 'dev'],
  invalid: { [template]: '\n{{ include "task-api.nothing" . }}\n' },
  valid: { [template]: '\n{{- /* nothing */ -}}\n' },
  exitCode: 1,
  message: 'task-api/templates/broken.yaml:2',
};
