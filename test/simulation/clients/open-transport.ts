import { openSseTransport, type SseTransportOptions } from './sse-transport.ts'
import type { SubscriptionRequest, Transport, TransportHandlers } from './transport.ts'
import { openWebSocketTransport } from './websocket-transport.ts'

/** Subscribes over the transport of a plan. Only server-sent events have options. */
export function openTransport(
  over: 'WebSocket' | 'SSE',
  request: SubscriptionRequest,
  events: TransportHandlers,
  options: SseTransportOptions = { lastEventId: null, cutAtByte: 0 },
): Transport {
  return over === 'SSE' ? openSseTransport(request, events, options) : openWebSocketTransport(request, events)
}
