export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Who starts us, npm above all, passes on the Ctrl-C that the terminal has sent to us as well. */
const sameSignalMs = 500;

/** Has this process stop in order at the first of the signals. A second one, unless it is the same, ends it at once. */
export function onStopSignal(signals: readonly StopSignal[], stop: (signal: StopSignal) => void): void {
  for (const signal of signals) {
    const end = () => {
      stop(signal);
      setTimeout(() => process.off(signal, end), sameSignalMs).unref();
    };
    process.on(signal, end);
  }
}
