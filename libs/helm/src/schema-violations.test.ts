import { describe, expect, it } from '@jest/globals';
import { parseSchemaViolations } from './schema-violations.ts';

const heading = "values don't meet the specifications of the schema(s) in the following chart(s):\n";

describe('parseSchemaViolations', () => {
  it('names chart and key in the words of Helm 3', () => {
    const detail = `${heading}task-api:
- (root): Additional property replicas is not allowed
- resources.requests: cpu is required
postgresql:
- image.tag: Invalid type. Expected: string, given: integer
`;
    expect(parseSchemaViolations(detail).map(({ chart, path }) => `${chart} ${path}`)).toEqual([
      'task-api replicas',
      'task-api resources.requests.cpu',
      'postgresql image.tag',
    ]);
  });

  it('names chart and key in the words of Helm 4', () => {
    const detail = `${heading}task-api:
- at '/list/0': validation failed
  - at '/list/0': missing property 'a'
  - at '/list/0': additional properties 'b', 'c' not allowed
- at '': additional properties 'replicas' not allowed
- at '/podAnnotations/example.org~1team': got number, want string
redis:
- at '/replica/replicaCount': maximum: got 50, want 10
`;
    expect(parseSchemaViolations(detail).map(({ chart, path }) => `${chart} ${path}`)).toEqual([
      'task-api list.0.a',
      'task-api list.0.b',
      'task-api list.0.c',
      'task-api replicas',
      'task-api podAnnotations.example.org/team',
      'redis replica.replicaCount',
    ]);
  });

  it('finds nothing in another message', () => {
    expect(parseSchemaViolations("- at '/a': looks like one")).toEqual([]);
  });
});
