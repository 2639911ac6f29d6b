import type { Page, WebSocketRoute } from 'playwright-core'
import { z } from 'zod'
import { waitUntil } from '../support/graphql-client.ts'

const frame = z.object({
  id: z.string(),
  payload: z.object({ data: z.object({ roomEvents: z.object({ cursor: z.string() }) }) }),
})
const subscribe = z.object({
  id: z.string(),
  payload: z.object({ variables: z.object({ roomId: z.string(), after: z.string() }) }),
})

/** A page's subscription to a room that falls behind, as that of a client that reads too slowly. */
export interface SlowSubscription {
  /** Resolves when the page is subscribed; from then on no event of the room comes through. */
  start(): Promise<void>
  /** Resolves when this number of events has been dropped. */
  waitForDropped(count: number): Promise<void>
  /** Sends a gap event in their place, and ends the stream, as for a subscriber that stays stuck. */
  sendGap(): void
}

/**
 * Stands between a page and the gateway. A real gateway tells the gap when megabytes wait for a page that does not
 * read, which a browser always does. Only connections that the page opens from now on are in reach.
 */
export async function simulateSlowSubscription(page: Page): Promise<SlowSubscription> {
  let isSkipping = false
  let skipped = 0
  /** The room's subscription, and where it stands. */
  let at: { readonly id: string; readonly cursor: string; readonly socket: WebSocketRoute } | null = null
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    const gateway = socket.connectToServer()
    socket.onMessage((text) => {
      const begun = parse(subscribe, text)
      if (begun) at = { id: begun.id, cursor: begun.payload.variables.after, socket }
      gateway.send(text)
    })
    gateway.onMessage((text) => {
      const event = parse(frame, text)
      if (!event || event.id !== at?.id) return socket.send(text)
      if (isSkipping) {
        skipped += 1
        return
      }
      at = { id: event.id, cursor: event.payload.data.roomEvents.cursor, socket }
      socket.send(text)
    })
  })
  return {
    async start() {
      await waitUntil(() => at !== null)
      isSkipping = true
    },
    waitForDropped: (count) => waitUntil(() => skipped >= count),
    sendGap() {
      if (!at) throw new Error('the page is subscribed to no room')
      const { id, cursor, socket } = at
      isSkipping = false
      at = null
      const now = new Date().toISOString()
      const gap = { __typename: 'GapEvent', cursor, reason: 'SLOW_CONSUMER', from: now, to: null }
      socket.send(JSON.stringify({ id, type: 'next', payload: { data: { roomEvents: gap } } }))
      socket.send(JSON.stringify({ id, type: 'complete' }))
    },
  }
}

function parse<T>(shape: z.ZodType<T>, text: string | Buffer): T | null {
  return shape.safeParse(JSON.parse(String(text))).data ?? null
}
