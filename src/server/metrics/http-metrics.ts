import { Counter, Histogram, type Registry } from 'prom-client'

/** A request whose response was sent or cut. */
export interface HttpRequestReport {
  readonly method: string
  /** Pattern of the path: contains no id and no query. */
  readonly path: string
  /** Null if the client disconnected before the response was complete. */
  readonly status: number | null
  readonly seconds: number
  /** Whether the response is a stream of events, which lasts as long as its client wants. */
  readonly isEventStream: boolean
}

export type ObserveHttpRequest = (report: HttpRequestReport) => void

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS'])

/** The method to show: clients may send any word. */
export function shownMethod(method: string): string {
  return METHODS.has(method) ? method : 'other'
}

/** Registers the metrics of HTTP requests. */
export function createHttpMetrics(registry: Registry): ObserveHttpRequest {
  const requests = new Counter({
    name: 'switchboard_http_requests_total',
    help: 'HTTP requests, by method, path pattern and status. The status is "aborted" if the client disconnected before the response was complete.',
    labelNames: ['method', 'path', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'switchboard_http_request_seconds',
    help: 'Duration of HTTP requests until their response was sent, by path pattern. Event streams are left out.',
    labelNames: ['path'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  return ({ method, path, status, seconds, isEventStream }) => {
    requests.inc({ method: shownMethod(method), path, status: status ?? 'aborted' })
    if (!isEventStream) durations.observe({ path }, seconds)
  }
}
