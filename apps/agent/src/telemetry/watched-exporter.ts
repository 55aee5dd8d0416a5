import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

type ExportDone = Parameters<SpanExporter['export']>[1];

export type ExportOutcome = 'success' | 'error';

/** An exporter that tells what became of each batch: without it, a collector that refuses spans is never noticed. */
export class WatchedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #onOutcome: (outcome: ExportOutcome) => void;

  constructor(exporter: SpanExporter, onOutcome: (outcome: ExportOutcome) => void) {
    this.#exporter = exporter;
    this.#onOutcome = onOutcome;
  }

  export(spans: ReadableSpan[], done: ExportDone): void {
    this.#exporter.export(spans, (result) => {
      // 0 is SUCCESS; the enumeration's own package is no dependency of ours.
      this.#onOutcome(result.code === 0 ? 'success' : 'error');
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}
