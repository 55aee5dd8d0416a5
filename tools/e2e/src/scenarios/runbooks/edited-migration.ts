import { checkEqual, checkFailed } from '../../check.ts';
import { queryDatabase } from '../../world/query-database.ts';
import type { World } from '../../world/world.ts';

/** Done twice, it is as before. */
const turnChecksum = 'update schema_migrations set checksum = reverse(checksum) where number = 1';

/** An upgrade that fails because the database has another text of a migration than the image: somebody has edited it. */
export async function failMigration(world: World, values: readonly object[]): Promise<void> {
  await queryDatabase(world, turnChecksum);
  checkFailed(await world.helm.upgrade({ values }), /pre-upgrade hooks failed/);
  const { spec, status } = await world.objects.get('Job', 'task-api-migrate');
  const tries = { allowed: (spec?.backoffLimit ?? 0) > 0, pods: status?.failed };
  checkEqual(tries, { allowed: true, pods: 1 }, 'tries of a migration that is refused, where more are allowed');
}

/** Somebody has put the text back. */
export async function mendMigration(world: World): Promise<void> {
  await queryDatabase(world, turnChecksum);
}
