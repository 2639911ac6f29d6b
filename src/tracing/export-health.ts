import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import type { Logger } from 'pino'

/** Exports spans, and logs when exports begin to fail and when they work again: not each failure. */
export class LoggedExporter implements SpanExporter {
  readonly #exporter: SpanExporter
  readonly #log: () => Logger
  #isFailing = false

  /** `log` is called when there is something to log. */
  constructor(exporter: SpanExporter, log: () => Logger) {
    this.#exporter = exporter
    this.#log = log
  }

  export(spans: ReadableSpan[], onResult: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      this.#observe(result)
      // The processor has no use for a failure but to report it.
      onResult({ code: ExportResultCode.SUCCESS })
    })
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.()
  }

  #observe({ code, error }: ExportResult): void {
    const isFailing = code !== ExportResultCode.SUCCESS
    if (isFailing === this.#isFailing) return
    this.#isFailing = isFailing
    if (isFailing) this.#log().warn({ reason: reasonOf(error) }, 'traces cannot be exported')
    else this.#log().info('traces are exported again')
  }
}

/** The code of the system, or the status of the collector. Its message could quote a header or a body. */
function reasonOf(error: Error | undefined): string {
  const code = error && 'code' in error ? error.code : null
  return typeof code === 'string' || typeof code === 'number' ? String(code) : (error?.name ?? 'unknown')
}
