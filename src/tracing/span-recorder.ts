import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  type Link,
  type Span as OpenTelemetrySpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import type { Attributes, Span, SpanReference, SpanStart, Tracing } from './tracing.ts'

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

/** Records spans with a tracer of OpenTelemetry. It sets none of its globals, so that a process may have several. */
export class SpanRecorder implements Tracing {
  readonly #tracer: Tracer
  readonly #activeSpans = new AsyncLocalStorage<RecordedSpan | null>()

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  get active(): RecordedSpan | null {
    const span = this.#activeSpans.getStore()
    // Pollers and connections outlive the operation that starts them: what they do later is no part of it.
    return span && !span.hasEnded ? span : null
  }

  start({ name, kind, attributes, parent, links = [] }: SpanStart): Span {
    const context = this.#parentContext(parent)
    const options = { kind: KINDS[kind], attributes, links: links.map(toLink) }
    return new RecordedSpan(this.#tracer.startSpan(name, options, context))
  }

  runIn<T>(span: Span | null, work: () => T): T {
    return this.#activeSpans.run(span instanceof RecordedSpan ? span : null, work)
  }

  #parentContext(parent: string | null | undefined): Context {
    if (parent === undefined) return this.active?.context ?? ROOT_CONTEXT
    // `tracestate` is left out: clients could write anything into it.
    const spanContext = parent === null ? null : parseTraceParent(parent)
    return spanContext ? trace.setSpanContext(ROOT_CONTEXT, { ...spanContext, isRemote: true }) : ROOT_CONTEXT
  }
}

/** A span of OpenTelemetry. */
class RecordedSpan implements Span {
  readonly #span: OpenTelemetrySpan
  hasEnded = false
  #hasFailed = false

  constructor(span: OpenTelemetrySpan) {
    this.#span = span
  }

  get context(): Context {
    return trace.setSpan(ROOT_CONTEXT, this.#span)
  }

  get reference(): SpanReference {
    return this.#span.spanContext()
  }

  rename(name: string): void {
    this.#span.updateName(name)
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes)
  }

  fail(errorType: string): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR })
  }

  end(errorType: string | null = null): void {
    if (this.hasEnded) return
    this.hasEnded = true
    if (errorType !== null) this.fail(errorType)
    this.#span.end()
  }
}

function toLink({ traceId, spanId, traceFlags }: SpanReference): Link {
  return { context: { traceId, spanId, traceFlags } }
}
