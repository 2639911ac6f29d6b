import type { Message, Room, RoomMetrics } from '../model.ts'

/**
 * The room after a message of a visitor or an agent: whether a response is due, since when, and how long responses took
 * (docs/providers/rocketchat.md 16.2).
 */
export function withResponseTimes(room: Room, message: Message): Room {
  const isFirstOfRound = room.waitingResponse !== true || room.metrics?.v === undefined
  if (message.token !== undefined) {
    const metrics = isFirstOfRound ? { ...room.metrics, v: { lq: message.ts } } : room.metrics
    return { ...room, waitingResponse: true, ...(metrics && { metrics }) }
  }
  if (room.waitingResponse !== true) return room
  const { waitingResponse: _answered, ...rest } = room
  return { ...rest, metrics: { ...room.metrics, response: responseAt(message.ts, room) } }
}

/** Response times in seconds: `fd` and `ft` of the first response, the rest over all rounds. */
function responseAt(ts: Date, { ts: openedAt, metrics }: Room): NonNullable<RoomMetrics['response']> {
  const seconds = (ts.getTime() - (metrics?.v?.lq ?? openedAt).getTime()) / 1000
  const { fd = ts, ft = seconds, total = 0, tt = 0 } = metrics?.response ?? {}
  return { fd, ft, total: total + 1, tt: tt + seconds, avg: (tt + seconds) / (total + 1) }
}
