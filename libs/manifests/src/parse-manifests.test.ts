import { describe, expect, it } from '@jest/globals';
import { nameOf } from './kubernetes-object.ts';
import { parseManifests } from './parse-manifests.ts';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

describe('parseManifests', () => {
  it('reads the template, the place in the stream and the line of every document', () => {
    const stream = `---\n# Source: shop/templates/a.yaml\n${configMap('a')}---\n# Source: shop/templates/b.yaml\n${configMap('b')}`;
    expect(
      parseManifests(stream).map(({ object, source: { template, index, line } }) => [
        nameOf(object),
        template,
        index,
        line,
      ]),
    ).toEqual([
      ['a', 'shop/templates/a.yaml', 0, 1],
      ['b', 'shop/templates/b.yaml', 1, 7],
    ]);
  });

  it('reads the stream of a Helm that puts an empty line before each document', () => {
    const stream = `\n---\n\n# Source: shop/templates/a.yaml\n${configMap('a')}\n---\n\n# Source: shop/templates/b.yaml\n${configMap('b')}`;
    expect(parseManifests(stream).map(({ source: { template, line } }) => [template, line])).toEqual([
      ['shop/templates/a.yaml', 2],
      ['shop/templates/b.yaml', 10],
    ]);
  });

  it('skips documents that hold nothing but comments', () => {
    expect(
      parseManifests(`---\n# Source: shop/templates/off.yaml\n# turned off\n---\n${configMap('a')}---\n---\n`),
    ).toHaveLength(1);
  });

  it('takes a manifest that Helm did not write', () => {
    expect(parseManifests(configMap('a'))[0]?.source).toMatchObject({ template: '', index: 0, line: 1 });
  });

  it('takes the members of a List one by one, as kubectl does', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: a}}\n  - {apiVersion: v1, kind: Secret, metadata: {name: b}}\n`;
    expect(parseManifests(list).map(({ object, source: { path } }) => [nameOf(object), path])).toEqual([
      ['a', ['items', 0]],
      ['b', ['items', 1]],
    ]);
  });

  it('keeps the last of two equal keys, and says that there were two', () => {
    const [rendered] = parseManifests(`${configMap('a')}data:\n  level: info\n  level: debug\n`);
    expect(rendered?.object.data).toEqual({ level: 'debug' });
    expect(rendered?.source.problems).toMatchObject([{ rule: 'duplicate-key', path: ['data', 'level'] }]);
  });

  it('does not take "---" inside a text for a new document', () => {
    const [rendered, ...others] = parseManifests(`${configMap('a')}data:\n  key: |\n    begin\n    ---\n    end\n`);
    expect(rendered?.object.data).toEqual({ key: 'begin\n---\nend\n' });
    expect(others).toEqual([]);
  });

  it('names the template and line of what is not YAML', () => {
    expect(() => parseManifests('---\n# Source: shop/templates/a.yaml\nkey: [1\n')).toThrow(
      'shop/templates/a.yaml (line 1 of the rendered stream) is not YAML: Flow sequence in block collection must be',
    );
  });

  it.each([
    ['- a\n', 'the document at line 1 is a list; a manifest is a map with the text fields apiVersion and kind'],
    ['text\n', 'the document at line 1 is the bare value "text"; a manifest is a map with'],
    ['kind: Secret\n', 'the document at line 1 is a map without apiVersion; a manifest is'],
    ['apiVersion: 1\n', 'the document at line 1 is a map without apiVersion and kind; a manifest is'],
  ])('refuses %j', (text, message) => {
    expect(() => parseManifests(text)).toThrow(message);
  });
});
