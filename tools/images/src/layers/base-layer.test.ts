import { describe, expect, it } from '@jest/globals';
import { baseLayer } from './base-layer.ts';
import { postgresqlLayer, redisLayer } from './database-layers.ts';
import { type Layer, type LayerEntry, textFile } from './layer.ts';

const textOf = (entry: LayerEntry | undefined) => (entry?.kind === 'file' ? entry.content.toString() : undefined);

describe('baseLayer', () => {
  const layer = baseLayer(
    new Map([
      ['usr/share/ca-certificates/mozilla/b.crt', textFile('B\n')],
      ['usr/share/ca-certificates/mozilla/a.crt', textFile('A\n')],
    ]),
  );

  it('knows the users that initdb and Node look up', () => {
    expect(textOf(layer.get('etc/passwd'))).toMatch(/^database:x:1001:0:/m);
    expect(textOf(layer.get('etc/passwd'))).toMatch(/^agent:x:10001:10001:/m);
  });

  it('has one file of all certificates, in an order of its own', () => {
    expect(textOf(layer.get('etc/ssl/certs/ca-certificates.crt'))).toBe('A\nB\n');
  });

  it('has a /tmp for everybody', () => {
    expect(layer.get('tmp')).toEqual({ kind: 'directory', mode: 0o1777 });
  });
});

describe('layers of the databases', () => {
  const packages: Layer = new Map(
    ['var/lib/redis/x', 'etc/redis/redis.conf', 'usr/bin/server'].map((path) => [path, textFile('')]),
  );

  it('keep programs, and no state or configuration that a package brings', () => {
    const layer = redisLayer(packages);
    expect(layer.has('usr/bin/server')).toBe(true);
    expect(layer.has('var/lib/redis/x') || layer.has('etc/redis/redis.conf')).toBe(false);
  });

  it('let group 0 write where the charts count on it', () => {
    expect(postgresqlLayer(packages, '').get('opt/bitnami/postgresql/tmp')).toEqual({ kind: 'directory', mode: 0o775 });
    expect(redisLayer(packages).get('opt/bitnami/redis/etc')).toEqual({ kind: 'directory', mode: 0o775 });
  });
});
