import type { ClientBase } from 'pg';
import { compareAppVersions } from '../app-version.ts';
import type { Migration } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import type { Settings } from './runner-options.ts';

const selectLive = `
select name, app_version as "appVersion" from app_instances
where seen_at > now() - $1 * interval '1 millisecond' order by name`;

/** A contract waits until no process is live that needs what it takes away. */
export async function assertContractIsDue(client: ClientBase, migration: Migration, settings: Settings): Promise<void> {
  const { minAppVersion, name } = migration;
  if (minAppVersion === undefined) return;
  const live = await readLive(client, settings.instanceTimeoutMs);
  const old = live.filter(({ appVersion }) => compareAppVersions(appVersion, minAppVersion) < 0);
  if (old.length === 0) return;
  const detail = old.map((instance) => `${instance.name} (${instance.appVersion})`).join(', ');
  throw new MigrationsError('contract-too-early', { file: name, detail, allowed: minAppVersion });
}

interface Instance {
  readonly name: string;
  readonly appVersion: string;
}

async function readLive(client: ClientBase, instanceTimeoutMs: number): Promise<readonly Instance[]> {
  const { rows } = await client.query(`select to_regclass('app_instances') is not null as exists`);
  if (!rows[0].exists) return [];
  return (await client.query<Instance>(selectLive, [instanceTimeoutMs])).rows;
}
