import { describe, expect, it } from 'vitest'
import { Events, Messages } from './documents.ts'
import { summarize } from './event-summary.ts'
import { openRocketChatRoom, sendAsVisitor, VISITOR_TOKEN, waitForSubscribers } from './rocketchat-room.ts'
import { transports } from './transports.ts'

const deleteModes = [
  { how: 'removed', settings: {} },
  { how: 'kept as rm', settings: { Message_ShowDeletedStatus: true } },
  { how: 'kept hidden', settings: { Message_KeepHistory: true } },
]

describe.each(transports)('over $name', ({ subscribe }) => {
  it.each(deleteModes)(
    'roomEvents tells what is added, edited and deleted ($how), each once',
    async (mode) => {
      const scene = await openRocketChatRoom({ rocketChat: { settings: mode.settings } })
      const { workspace } = scene.rocketChat
      const { rid, room } = scene
      const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room })
      await waitForSubscribers(scene, 1)
      workspace.visitorSends(rid, 'one', { _id: 'm1' })
      expect(summarize(await events.take(1))).toEqual(['added m1 one'])
      workspace.agentSends(rid, 'two', { _id: 'm2' })
      workspace.agentSends(rid, 'three', { _id: 'm3' })
      expect(summarize(await events.take(2))).toEqual(['added m2 two', 'added m3 three'])
      workspace.edit('m2', 'two, edited')
      expect(summarize(await events.take(1))).toEqual(['updated m2 two, edited'])
      workspace.edit('m2', 'two, edited again')
      expect(summarize(await events.take(1))).toEqual(['updated m2 two, edited again'])
      workspace.remove('m2')
      expect(summarize(await events.take(1))).toEqual(['deleted m2'])
      workspace.visitorSends(rid, 'four', { _id: 'm4' })
      expect(summarize(await events.take(1))).toEqual(['added m4 four'])
    },
  )

  it('messageAdded tells of new messages only', async () => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    const messages = subscribe(scene.url, VISITOR_TOKEN, Messages, { room: scene.room })
    await waitForSubscribers(scene, 1)
    workspace.agentSends(scene.rid, 'one', { _id: 'm1' })
    const [one] = await messages.take(1)
    expect(one).toEqual({ data: { messageAdded: { nativeId: 'm1', text: 'one', kind: 'TEXT' } } })
    workspace.edit('m1', 'one, edited')
    workspace.agentSends(scene.rid, 'two', { _id: 'm2' })
    expect(await messages.take(1)).toMatchObject([{ data: { messageAdded: { nativeId: 'm2' } } }])
  })

  it('tells of what was sent through the gateway itself', async () => {
    const scene = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 1)
    const id = await sendAsVisitor(scene, 'hello')
    expect(summarize(await events.take(1))).toEqual([`added ${id} hello`])
  })
})
