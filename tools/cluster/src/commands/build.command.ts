import type { CommandIo } from '../command-io.ts';
import { buildComponents } from '../components/build-components.ts';

/** `cluster build`: what `up` would build before it starts anything; it needs no root. */
export async function build(io: CommandIo): Promise<void> {
  const programs = await buildComponents({ onProgress: (line) => io.stderr.write(`${line}\n`) });
  io.stdout.write(`${Object.keys(programs).length} programs are built\n`);
}
