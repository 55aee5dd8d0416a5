import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { apiServerConstraints, exclusiveFields, requiredByApiServer } from './api-server-constraints.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { kubernetesVersions } from './validation-options.ts';

const folder = new URL('../schemas/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const lock = JSON.parse(read('modules.lock.json'));

describe('the generated schemas', () => {
  it('are as the lock says they were generated', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.gen.json'));
    const digests = files.map((name) => [name, `sha256:${createHash('sha256').update(read(name)).digest('hex')}`]);
    expect(Object.fromEntries(digests)).toEqual(lock.files);
  });

  it('come from one module release for each Kubernetes version', () => {
    const releases = Object.keys(lock.modules).filter((name) => name.startsWith('k8s.io/kubernetes@'));
    expect(releases.map((name) => /@v(\d+\.\d+)\./.exec(name)?.[1])).toEqual(kubernetesVersions);
  });

  it.each(kubernetesVersions)('hold every reference of Kubernetes %s', (version) => {
    const { schemaOf, resolve, kinds } = schemaCatalog(version, 'published');
    const open = kinds.filter((kind) => resolve(schemaOf(kind) ?? {}).type !== 'object');
    expect(open).toEqual([]);
  });

  it('know a field from the version on that has it', () => {
    const podSpec = (version: string) =>
      schemaCatalog(version).resolve({ $ref: '#/definitions/core.v1.PodSpec' }).properties ?? {};
    expect(Object.keys(podSpec('1.33'))).not.toContain('hostnameOverride');
    expect(Object.keys(podSpec('1.34'))).toContain('hostnameOverride');
  });
});

describe('the constraints of the API server', () => {
  const catalog = schemaCatalog('1.35', 'published');
  const fieldsOf = (definition: string) =>
    Object.keys(catalog.resolve({ $ref: `#/definitions/${definition}` }).properties ?? {});
  const stated = [
    ...Object.entries(apiServerConstraints).flatMap(([definition, fields]) =>
      Object.keys(fields).map((field) => [definition, field] as const),
    ),
    ...Object.entries(requiredByApiServer).flatMap(([definition, fields]) =>
      fields.map((field) => [definition, field] as const),
    ),
    ...Object.entries(exclusiveFields).flatMap(([definition, groups]) =>
      groups.flatMap(({ fields }) => fields.map((field) => [definition, field] as const)),
    ),
  ];

  it('are about fields that the schemas have', () => {
    expect(stated.filter(([definition, field]) => !fieldsOf(definition).includes(field))).toEqual([]);
  });
});
