import type { Line, LineEvents, LineRequest } from './line.ts'
import { openSocketLine } from './socket-line.ts'
import { openSseLine, type SseLineOptions } from './sse-line.ts'

/** Subscribes over the transport that a plan names. Only server-sent events have options. */
export function openLine(
  over: 'WebSocket' | 'SSE',
  request: LineRequest,
  events: LineEvents,
  options: SseLineOptions = { lastEventId: null, cutAtByte: 0 },
): Line {
  return over === 'SSE' ? openSseLine(request, events, options) : openSocketLine(request, events)
}
