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
    'roomEvents delivers what is added, edited and deleted ($how), each once',
    async (mode) => {
      const setup = await openRocketChatRoom({ rocketChat: { settings: mode.settings } })
      const { workspace } = setup.rocketChat
      const { rid, room } = setup
      const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room })
      await waitForSubscribers(setup, 1)
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

  it('messageAdded delivers new messages only', async () => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    const messages = subscribe(setup.url, VISITOR_TOKEN, Messages, { room: setup.room })
    await waitForSubscribers(setup, 1)
    workspace.agentSends(setup.rid, 'one', { _id: 'm1' })
    const [one] = await messages.take(1)
    expect(one).toEqual({ data: { messageAdded: { nativeId: 'm1', text: 'one', kind: 'TEXT' } } })
    workspace.edit('m1', 'one, edited')
    workspace.agentSends(setup.rid, 'two', { _id: 'm2' })
    expect(await messages.take(1)).toMatchObject([{ data: { messageAdded: { nativeId: 'm2' } } }])
  })

  it('delivers messages that were sent through the gateway', async () => {
    const setup = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 1)
    const id = await sendAsVisitor(setup, 'hello')
    expect(summarize(await events.take(1))).toEqual([`added ${id} hello`])
  })
})
