import type { CommandIo } from '../command-io.ts';
import { downCluster, listRemains } from '../down-cluster.ts';

/** `cluster down`: says whether there was anything to remove. */
export async function down(io: CommandIo): Promise<void> {
  const wasThere = listRemains().length > 0;
  await downCluster();
  io.stdout.write(wasThere ? 'the cluster is gone, nothing of it is left\n' : 'there was no cluster\n');
}
