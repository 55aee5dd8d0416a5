const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

/** Cores as a person says them: `0.1`, `4.25`. */
export function formatCpu(millis: number): string {
  return String(millis / 1000);
}

/** `256Mi`, `9.5Gi`. */
export function formatMemory(bytes: number): string {
  if (bytes < gibibyte) return `${Math.round(bytes / mebibyte)}Mi`;
  return `${Math.round((bytes / gibibyte) * 100) / 100}Gi`;
}
