import type { Transport, TransportHandlers, SubscriptionRequest } from './line.ts'
import { openWebSocketTransport } from './socket-line.ts'
import { openSseTransport, type SseTransportOptions } from './sse-line.ts'

/** Subscribes over the transport that a plan names. Only server-sent events have options. */
export function openTransport(
  over: 'WebSocket' | 'SSE',
  request: SubscriptionRequest,
  events: TransportHandlers,
  options: SseTransportOptions = { lastEventId: null, cutAtByte: 0 },
): Transport {
  return over === 'SSE' ? openSseTransport(request, events, options) : openWebSocketTransport(request, events)
}
