import { describe, expect, it } from 'vitest'
import { Events, Messages } from './documents.ts'
import { summarize } from './event-summary.ts'
import { openRocketChatRoom, readEndCursor, sendAsVisitor, VISITOR_TOKEN } from './rocketchat-room.ts'
import { transports } from './transports.ts'

describe.each(transports)('a subscription after the end cursor of a page over $name', ({ subscribe }) => {
  it('delivers what came in between once, and continues', async () => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    workspace.visitorSends(setup.rid, 'one', { _id: 'm1' })
    const after = await readEndCursor(setup)
    workspace.visitorSends(setup.rid, 'two', { _id: 'm2', ts: new Date(Date.now() + 1) })
    workspace.edit('m1', 'one, edited')
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    expect(summarize(await events.take(2)).sort()).toEqual(['added m2 two', 'updated m1 one, edited'])
    const three = await sendAsVisitor(setup, 'three')
    expect(summarize(await events.take(1))).toEqual([`added ${three} three`])
  })

  it('delivers everything of a room whose page was empty', async () => {
    const setup = await openRocketChatRoom()
    const after = await readEndCursor(setup)
    const one = await sendAsVisitor(setup, 'one')
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    expect(summarize(await events.take(1))).toEqual([`added ${one} one`])
    const two = await sendAsVisitor(setup, 'two')
    expect(summarize(await events.take(1))).toEqual([`added ${two} two`])
  })

  it('reads as far back as necessary', async () => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    const hourAgo = Date.now() - 3_600_000
    workspace.visitorSends(setup.rid, 'first', { _id: 'm0', ts: new Date(hourAgo) })
    const after = await readEndCursor(setup)
    const ids = Array.from({ length: 500 }, (_, index) => `m${1000 + index}`)
    ids.forEach((_id, index) => {
      workspace.visitorSends(setup.rid, 'more', { _id, ts: new Date(hourAgo + 1 + index) })
    })
    const messages = subscribe(setup.url, VISITOR_TOKEN, Messages, { room: setup.room, after })
    const received = await messages.take(500)
    expect(received.map(({ data }) => data?.messageAdded.nativeId)).toEqual(ids)
  })

  it('joins a subscribed room without repeating messages that only the page has', async () => {
    const setup = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
    const { workspace } = setup.rocketChat
    const first = subscribe(setup.url, VISITOR_TOKEN, Events, {
      room: setup.room,
      after: await readEndCursor(setup),
    })
    const one = await sendAsVisitor(setup, 'one')
    expect(summarize(await first.take(1))).toEqual([`added ${one} one`])
    const before = setup.historyRequests()
    workspace.visitorSends(setup.rid, 'two', { _id: 'm2' })
    workspace.edit(one, 'one, edited')
    const after = await readEndCursor(setup)
    const second = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    // A message that the page has and the poller has not takes one poll, which also delivers it to the other subscribers.
    const received = summarize(await first.take(2)).sort()
    expect(received).toEqual(['added m2 two', `updated ${one} one, edited`].sort())
    expect(setup.historyRequests()).toBe(before + 2)
    const three = await sendAsVisitor(setup, 'three')
    expect(summarize(await first.take(1))).toEqual([`added ${three} three`])
    expect(summarize(await second.take(1))).toEqual([`added ${three} three`])
  })
})
