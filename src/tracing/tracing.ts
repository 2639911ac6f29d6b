/** Values that describe a span. They contain no credential, no text and no id of a person, a room or a message. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** Identifies a span for links. */
export interface SpanReference {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
}

/** A span that has begun. */
export interface Span {
  readonly reference: SpanReference
  /** Renames it, once it is known what it does. */
  rename(name: string): void
  set(attributes: Attributes): void
  /** Marks it as failed. The type is a code, never a message; the first one counts. */
  fail(errorType: string): void
  /** Ends it, as failed if there is an error type. Only the first call counts. */
  end(errorType?: string | null): void
}

/** The start of a span. */
export interface SpanStart {
  readonly name: string
  readonly kind: 'server' | 'client' | 'internal'
  readonly attributes: Attributes
  /**
   * What it is a part of: by default the active span. `null` is for work that no span waits for; it begins a trace. A text is the
   * `traceparent` of a client (W3C Trace Context); one that is not valid begins a trace.
   */
  readonly parent?: string | null
  readonly links?: readonly SpanReference[]
}

/**
 * Records spans. Code that has none to call, because tracing is off, gets null: then nothing is created, and no module of
 * OpenTelemetry is loaded.
 */
export interface Tracing {
  /** The span that the running code is a part of; null if there is none, or it has ended. */
  readonly active: Span | null
  start(start: SpanStart): Span
  /** Runs work as a part of a span, with all that it begins; with null as a part of none. */
  runIn<T>(span: Span | null, work: () => T): T
}

/** Runs work as a span that ends with it. `errorTypeOf` names the failure in an error. */
export async function runAsSpan<T>(
  tracing: Tracing,
  start: SpanStart,
  work: (span: Span) => Promise<T>,
  errorTypeOf: (error: unknown) => string,
): Promise<T> {
  const span = tracing.start(start)
  try {
    const result = await tracing.runIn(span, () => work(span))
    span.end()
    return result
  } catch (error) {
    span.end(errorTypeOf(error))
    throw error
  }
}
