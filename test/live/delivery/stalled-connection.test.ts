import { expect, it } from 'vitest'
import { Events } from '../documents.ts'
import { cursorsOf, summarize } from '../event-summary.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from '../rocketchat-room.ts'
import { overWebSocket } from '../transports.ts'
import { stalledTransports } from './stalled-connections.ts'

const LONG = 'x'.repeat(16 * 1024)
/** Of these, more than fit into any connection and into the queue behind it. */
const LONG_ONES = 1_000
const TOO_MANY = 5_000

it.each(stalledTransports)(
  'a subscriber over $name that reads no more costs itself only, and can come back for the rest',
  async (stalled) => {
    const scene = await openRocketChatRoom()
    const healthy = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 1)
    const slow = await stalled.subscribe(scene)
    await waitForSubscribers(scene, 2)

    const start = Date.now()
    // Until its connection and then its queue are full, and as much again has passed it by.
    const sent: string[] = []
    while (scene.gateway.liveCounts().subscribers === 2) {
      const text = sent.length < LONG_ONES ? LONG : 'short'
      const said = Array.from({ length: 250 }, (_, index) => `m${10_000 + sent.length + index} ${text}`)
      said.forEach((told, index) => {
        const [_id = ''] = told.split(' ')
        scene.rocketChat.workspace.agentSends(scene.rid, text, {
          _id,
          ts: new Date(start + sent.length + index),
        })
      })
      sent.push(...said.map((told) => `added ${told}`))
      expect(summarize(await healthy.take(250))).toEqual(sent.slice(-250))
      expect(sent.length).toBeLessThan(TOO_MANY)
    }
    expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })

    const told = await slow.resume()
    expect(told.at(-1)).toMatchObject({ data: { roomEvents: { reason: 'SLOW_CONSUMER', to: null } } })
    const given = summarize(told.slice(0, -1))
    expect(given).toEqual(sent.slice(0, given.length))
    const after = cursorsOf(told).at(-1) ?? ''
    const rest = sent.slice(given.length)
    expect(rest.length).toBeGreaterThan(256)
    const back = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    expect(summarize(await back.take(rest.length))).toEqual(rest)
  },
)
