/** How far the build of a module is. */
export interface BuildProgress {
  readonly module: string;
  readonly packages: number;
  readonly elapsedSeconds: number;
  /** What a build without any cache takes on this machine when it does nothing else. */
  readonly expectedSeconds: number;
}

/** A line for somebody who wonders whether to wait. */
export function describeBuild({ expectedSeconds, ...done }: BuildProgress): string {
  const expectation =
    done.elapsedSeconds <= expectedSeconds
      ? `of about ${formatMinutes(expectedSeconds)}`
      : `where an idle machine takes about ${formatMinutes(expectedSeconds)}`;
  return `${describeDone(done)} ${expectation}`;
}

/** What there is to say when it is built. */
export function describeDone({
  module,
  packages,
  elapsedSeconds,
}: Pick<BuildProgress, 'module' | 'packages' | 'elapsedSeconds'>): string {
  return `${module}: ${packages} packages in ${formatMinutes(elapsedSeconds)}`;
}

export function formatMinutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
