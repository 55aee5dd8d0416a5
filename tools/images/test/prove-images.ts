/** `npx nx run images:prove`: runs every image with a containerd of its own and shows what a release counts on. Needs root. */
import { buildImages, type ImageRole, ImagesError } from '../src/index.ts';
import { requireProgram } from '../src/run-program.ts';
import { withContainerMachine } from './proof/container-machine.ts';
import { type ProofContext, proofs } from './proof/proofs.ts';

process.exitCode = await proveImages().catch((error: unknown) => {
  if (!(error instanceof ImagesError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return 1;
});

async function proveImages(): Promise<number> {
  if (process.getuid?.() !== 0) return refuse('Containers need root here; run: sudo npx nx run images:prove');
  for (const program of ['containerd', 'ctr', 'runc', 'ip', 'unshare']) await requireProgram(program);
  const { path, images } = await buildImages({ onProgress: (line) => process.stderr.write(`${line}\n`) });
  const references = Object.fromEntries(images.map(({ role, reference }) => [role, reference]));
  return withContainerMachine(
    path,
    (machine) => showAll({ machine, references: references as Record<ImageRole, string> }), // An archive has every role.
  );
}

async function showAll(context: ProofContext): Promise<number> {
  for (const { claim, show } of proofs) {
    const startMs = performance.now();
    await show(context);
    process.stdout.write(`✓ ${claim} (${((performance.now() - startMs) / 1000).toFixed(1)} s)\n`);
  }
  return 0;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
