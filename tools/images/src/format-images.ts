import type picocolors from 'picocolors';
import type { BuiltImage, ImageArchive } from './image-archive.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** The images as a table, and how the archive gets into a cluster. */
export function formatImages({ images, path }: ImageArchive, colors: Colors): string {
  const rows = images.map(rowOf);
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const lines = [colors.bold(formatRow(header, widths)), ...rows.map((row) => formatRow(row, widths))];
  return `${lines.join('\n')}\n\n${path}\n\n${waysToLoad(path)}`;
}

const header = ['image', 'reference', 'digest', 'size'];

function rowOf({ role, reference, digest, bytes }: BuiltImage): readonly string[] {
  return [role, reference, digest.slice(0, 'sha256:'.length + 12), formatBytes(bytes)];
}

function formatRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}

function formatBytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function waysToLoad(path: string): string {
  return [
    'To load it:',
    `  kind        kind load image-archive ${path}`,
    `  k3s         k3s ctr images import ${path}`,
    `  k3d         k3d image import ${path}`,
    `  Docker      docker load --input ${path}`,
    `  containerd  ctr --namespace k8s.io images import ${path}`,
    '',
  ].join('\n');
}
