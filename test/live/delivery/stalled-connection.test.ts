import { expect, it } from 'vitest'
import { Events } from '../documents.ts'
import { cursorsOf, summarize } from '../event-summary.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from '../rocketchat-room.ts'
import { overWebSocket } from '../transports.ts'
import { stalledTransports } from './stalled-connections.ts'

const LONG = 'x'.repeat(16 * 1024)
/** More of these than fit into a connection: Linux keeps 4 MB for a client that does not read. Short ones then fill the queue. */
const LONG_ONES = 400
const TOO_MANY = 5_000

it.each(stalledTransports)(
  'a subscriber over $name that stops reading affects only itself, and can resume for the rest',
  async (stalled) => {
    const setup = await openRocketChatRoom()
    const healthy = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 1)
    const slow = await stalled.subscribe(setup)
    await waitForSubscribers(setup, 2)

    const start = Date.now()
    // Until its connection and its queue are full, and another queue's worth was dropped.
    const sent: string[] = []
    while (setup.gateway.liveCounts().subscribers === 2) {
      const text = sent.length < LONG_ONES ? LONG : 'short'
      const said = Array.from({ length: 250 }, (_, index) => `m${10_000 + sent.length + index} ${text}`)
      said.forEach((received, index) => {
        const [_id = ''] = received.split(' ')
        setup.rocketChat.workspace.agentSends(setup.rid, text, {
          _id,
          ts: new Date(start + sent.length + index),
        })
      })
      sent.push(...said.map((received) => `added ${received}`))
      expect(summarize(await healthy.take(250))).toEqual(sent.slice(-250))
      expect(sent.length).toBeLessThan(TOO_MANY)
    }
    expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })

    const received = await slow.resume()
    expect(received.at(-1)).toMatchObject({ data: { roomEvents: { reason: 'SLOW_CONSUMER', to: null } } })
    const given = summarize(received.slice(0, -1))
    expect(given).toEqual(sent.slice(0, given.length))
    const after = cursorsOf(received).at(-1) ?? ''
    const rest = sent.slice(given.length)
    expect(rest.length).toBeGreaterThan(256)
    const back = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    expect(summarize(await back.take(rest.length))).toEqual(rest)
  },
)
