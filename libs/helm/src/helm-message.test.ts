import { describe, expect, it } from '@jest/globals';
import { parseHelmMessage } from './helm-message.ts';

describe('parseHelmMessage', () => {
  it('finds the guard that a template failed in', () => {
    const stderr =
      'Error: execution error at (task-api/templates/validations.yaml:12:4): replicaCount is 0; see task-api/values.yaml:1\n\nUse --debug flag to render out invalid YAML\n';
    expect(parseHelmMessage(stderr)).toMatchObject({
      template: 'task-api/templates/validations.yaml',
      line: 12,
      detail:
        'execution error at (task-api/templates/validations.yaml:12:4): replicaCount is 0; see task-api/values.yaml:1',
    });
  });

  it('takes the innermost of included templates', () => {
    const stderr =
      'Error: template: task-api/templates/a.yaml:2:6: executing "task-api/templates/a.yaml" at <include "x" .>: error calling include: template: task-api/charts/redis/templates/_names.tpl:4:7: executing "x" at <eq .Values.n 3.0>: error calling eq: incompatible types for comparison';
    expect(parseHelmMessage(stderr)).toMatchObject({
      template: 'task-api/charts/redis/templates/_names.tpl',
      line: 4,
    });
  });

  it('finds the line of a template that cannot be parsed', () => {
    const stderr = 'Error: parse error at (task-api/templates/b.yaml:7): function "foo" not defined';
    expect(parseHelmMessage(stderr)).toMatchObject({ template: 'task-api/templates/b.yaml', line: 7 });
  });

  it('gives no line when the rendered YAML is wrong, because the line counts in the rendered text', () => {
    const stderr =
      'Error: YAML parse error on task-api/templates/a.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context';
    const { template, line } = parseHelmMessage(stderr);
    expect({ template, line }).toEqual({ template: 'task-api/templates/a.yaml', line: undefined });
  });

  it('drops what Helm logs beside the error', () => {
    const stderr = 'level=WARN msg="values file has no keys"\nError: release name "R_": invalid release name';
    expect(parseHelmMessage(stderr).detail).toBe('release name "R_": invalid release name');
  });
});
