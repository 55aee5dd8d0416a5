import { documentProblems } from './document-problems.ts';
import { isMap, type Json, type JsonMap, listAt } from './json.ts';
import type { KubernetesObject, ObjectSource, RenderedObject } from './kubernetes-object.ts';
import { parseKubernetesYaml } from './kubernetes-yaml.ts';
import { ManifestsError } from './manifests-error.ts';

/**
 * Reads what `helm template` prints: every document that holds an object, the members of a List one by one, in the
 * order of the stream. Scalars are read as kubectl and Helm read them, so `on` is true and 0644 is 420.
 *
 * @throws {ManifestsError} `yaml-syntax` or `not-an-object`, naming the template and the line of the stream.
 */
export function parseManifests(manifest: string): readonly RenderedObject[] {
  return splitDocuments(manifest).flatMap(readDocument);
}

type StreamDocument = Pick<ObjectSource, 'template' | 'index' | 'line' | 'text'>;

function splitDocuments(manifest: string): readonly StreamDocument[] {
  const documents: StreamDocument[] = [];
  let line = 1;
  for (const text of manifest.split(/^---(?=\s|$)/m)) {
    if (holdsContent(text)) documents.push({ text, line, index: documents.length, template: templateOf(text) });
    line += text.split('\n').length - 1;
  }
  return documents;
}

function holdsContent(text: string): boolean {
  return text.split('\n').some((line) => /^\s*[^\s#]/.test(line));
}

function templateOf(text: string): string {
  return /^# Source: (.+?)\s*$/m.exec(text)?.[1] ?? '';
}

function readDocument(document: StreamDocument): readonly RenderedObject[] {
  const yaml = parseKubernetesYaml(document.text);
  const [error] = yaml.errors;
  if (error)
    throw new ManifestsError('yaml-syntax', { where: placeOf(document), detail: error.message }, { cause: error });
  // What YAML without custom types can hold is JSON; the options of the parser allow nothing else.
  const content = yaml.toJS() as Json;
  if (content === null) return [];
  const problems = documentProblems(yaml.contents);
  return membersOf(requireObject(content, document)).map(({ member, path }) => ({
    object: requireObject(member, document),
    source: {
      ...document,
      path,
      problems: problems.filter((problem) => path.every((step, at) => problem.path[at] === step)),
    },
  }));
}

/** kubectl, Helm and Argo CD all apply the members of a List, never the List. */
function membersOf(
  object: KubernetesObject,
): readonly { readonly member: Json; readonly path: ObjectSource['path'] }[] {
  const isCollection = object.kind.endsWith('List') && Array.isArray(object.items);
  if (!isCollection) return [{ member: object, path: [] }];
  return listAt(object, 'items').map((member, index) => ({ member, path: ['items', index] }));
}

function requireObject(content: Json, document: StreamDocument): KubernetesObject {
  if (isMap(content) && isKubernetesObject(content)) return content;
  throw new ManifestsError('not-an-object', { where: placeOf(document), detail: shapeOf(content) });
}

function isKubernetesObject(content: JsonMap): content is KubernetesObject {
  return [content.apiVersion, content.kind].every((field) => typeof field === 'string' && field !== '');
}

function shapeOf(content: Json): string {
  if (!isMap(content)) return Array.isArray(content) ? 'a list' : `the bare value ${JSON.stringify(content)}`;
  const missing = ['apiVersion', 'kind'].filter((field) => typeof content[field] !== 'string' || content[field] === '');
  return `a map without ${missing.join(' and ')}`;
}

function placeOf({ template, line }: StreamDocument): string {
  return template ? `${template} (line ${line} of the rendered stream)` : `the document at line ${line}`;
}
