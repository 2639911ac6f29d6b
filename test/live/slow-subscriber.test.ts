import { expect, it } from 'vitest'
import { brief, cursors } from './brief.ts'
import { Events } from './documents.ts'
import { openScene, TOKEN, watchers } from './scene.ts'
import { stalledTransports } from './stalled.ts'
import { overWebSocket } from './streams.ts'

const LONG = 'x'.repeat(16 * 1024)
const TOO_MANY = 10_000

it.each(stalledTransports)(
  'a subscriber over $name that stops reading costs itself only',
  async (stalled) => {
    const scene = await openScene()
    const healthy = overWebSocket.subscribe(scene.url, TOKEN, Events, { room: scene.room })
    await watchers(scene, 1)
    const slow = await stalled.subscribe(scene)
    await watchers(scene, 2)

    const start = Date.now()
    // Until its connection and then its queue are full, and it is let go of.
    const sent: string[] = []
    while (scene.gateway.watched().watchers === 2) {
      const ids = Array.from({ length: 250 }, (_, index) => `m${10_000 + sent.length + index}`)
      ids.forEach((_id, index) => {
        scene.rocketChat.workspace.agentSends(scene.rid, LONG, {
          _id,
          ts: new Date(start + sent.length + index),
        })
      })
      sent.push(...ids)
      expect(brief(await healthy.take(250))).toEqual(ids.map((id) => `added ${id} ${LONG}`))
      expect(sent.length).toBeLessThan(TOO_MANY)
    }
    expect(scene.gateway.watched()).toEqual({ rooms: 1, watchers: 1 })

    const told = await slow.readOn()
    expect(brief(told).at(-1)).toBe('gap SLOW_CONSUMER')
    const after = cursors(told).at(-1) ?? ''
    const missed = sent.length - (told.length - 1)
    expect(missed).toBeGreaterThan(0)
    const resumed = await overWebSocket
      .subscribe(scene.url, TOKEN, Events, { room: scene.room, after })
      .take(missed)
    const added = brief([...told.slice(0, -1), ...resumed])
    expect(added).toEqual(sent.map((id) => `added ${id} ${LONG}`))
  },
)
