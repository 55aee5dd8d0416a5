import { compileSchema } from './compile-schema.ts';
import { schemaProblems } from './schema-problems.ts';
import type { SourceText } from './source-text.ts';
import { throwMistakes } from './throw-mistakes.ts';
import { formatPath } from './value-path.ts';
import { ValuesError } from './values-error.ts';
import { readYaml } from './yaml-text.ts';

/** What `environments/<name>/release.yaml` pins; the only file that a promotion changes. */
export interface Release {
  readonly chart: {
    /** The commit (40 hexadecimal digits) whose chart is deployed, or the default branch where the chart floats. */
    readonly revision: string;
  };
  readonly image: ImagePin;
  /** The newest migration in the image, `NNNN`, or `none`. */
  readonly migrations: { readonly head: string };
  /** The commits (40 hexadecimal digits) that the image was built from, newest first. */
  readonly commits: readonly string[];
  readonly source: SourceText;
}

export interface ImagePin {
  /** With the registry and without a tag: `registry.example/task-api/agent`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits; absent until the image has been released. */
  readonly digest?: string;
}

/**
 * Reads a release.yaml strictly: every key it has to have, and no other.
 *
 * @throws ValuesError with file and line; AggregateError of several
 */
export function parseRelease(text: string, file: string): Release {
  const source = { file, text };
  const { values, lineOf } = readYaml(source);
  const mistakes = schemaProblems(validate, values, 'release').map(({ rule, path, ...facts }) => {
    return new ValuesError(rule, { ...facts, path: formatPath(path), file, line: lineOf(path) });
  });
  throwMistakes(mistakes, file);
  return { ...(values as unknown as Omit<Release, 'source'>), source }; // the schema has just proved it
}

/** The image as reports name it: `repository:tag@sha256:…`, or `repository:tag (tag only, not released)`. */
export function describeImage({ repository, tag, digest }: ImagePin): string {
  return digest === undefined ? `${repository}:${tag} (tag only, not released)` : `${repository}:${tag}@${digest}`;
}

const commit = { type: 'string', pattern: '^[0-9a-f]{40}$', 'x-allowed': 'a commit id of 40 hexadecimal digits' };

const validate = compileSchema({
  type: 'object',
  required: ['chart', 'image', 'migrations', 'commits'],
  additionalProperties: false,
  properties: {
    chart: {
      type: 'object',
      required: ['revision'],
      additionalProperties: false,
      properties: {
        revision: {
          type: 'string',
          minLength: 1,
          'x-allowed': 'a commit id or, for a chart that floats, the branch; quote it when it looks like a number',
        },
      },
    },
    image: {
      type: 'object',
      required: ['repository', 'tag'],
      additionalProperties: false,
      properties: {
        repository: {
          type: 'string',
          pattern: '^[a-z0-9]+([._:/-]+[a-z0-9]+)*$',
          'x-allowed': 'an image repository in small letters, without a tag',
        },
        tag: {
          type: 'string',
          pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
          'x-allowed':
            'an image tag: at most 128 letters, digits, dots, dashes and underscores; quote it when it looks like a number',
        },
        digest: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$', 'x-allowed': 'sha256: and 64 hexadecimal digits' },
      },
    },
    migrations: {
      type: 'object',
      required: ['head'],
      additionalProperties: false,
      properties: {
        head: {
          type: 'string',
          pattern: '^(none|[0-9]{4})$',
          'x-allowed': 'none, or four digits in quotes such as "0004"',
        },
      },
    },
    commits: { type: 'array', items: commit },
  },
});
