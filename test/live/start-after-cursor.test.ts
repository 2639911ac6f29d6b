import { describe, expect, it } from 'vitest'
import { Events, Messages } from './documents.ts'
import { summarize } from './event-summary.ts'
import { openRocketChatRoom, readEndCursor, sendAsVisitor, VISITOR_TOKEN } from './rocketchat-room.ts'
import { transports } from './transports.ts'

describe.each(transports)('a subscription after a page’s end over $name', ({ subscribe }) => {
  it('tells what came between, once, and goes on', async () => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    workspace.visitorSends(scene.rid, 'one', { _id: 'm1' })
    const after = await readEndCursor(scene)
    workspace.visitorSends(scene.rid, 'two', { _id: 'm2', ts: new Date(Date.now() + 1) })
    workspace.edit('m1', 'one, edited')
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    expect(summarize(await events.take(2)).sort()).toEqual(['added m2 two', 'updated m1 one, edited'])
    const three = await sendAsVisitor(scene, 'three')
    expect(summarize(await events.take(1))).toEqual([`added ${three} three`])
  })

  it('tells everything of a room whose page was empty', async () => {
    const scene = await openRocketChatRoom()
    const after = await readEndCursor(scene)
    const one = await sendAsVisitor(scene, 'one')
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    expect(summarize(await events.take(1))).toEqual([`added ${one} one`])
    const two = await sendAsVisitor(scene, 'two')
    expect(summarize(await events.take(1))).toEqual([`added ${two} two`])
  })

  it('reads as far back as it takes', async () => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    const hourAgo = Date.now() - 3_600_000
    workspace.visitorSends(scene.rid, 'first', { _id: 'm0', ts: new Date(hourAgo) })
    const after = await readEndCursor(scene)
    const ids = Array.from({ length: 500 }, (_, index) => `m${1000 + index}`)
    ids.forEach((_id, index) => {
      workspace.visitorSends(scene.rid, 'more', { _id, ts: new Date(hourAgo + 1 + index) })
    })
    const messages = subscribe(scene.url, VISITOR_TOKEN, Messages, { room: scene.room, after })
    const told = await messages.take(500)
    expect(told.map(({ data }) => data?.messageAdded.nativeId)).toEqual(ids)
  })

  it('joins a room that is watched without repeating what the page has and the poller had not', async () => {
    const scene = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
    const { workspace } = scene.rocketChat
    const first = subscribe(scene.url, VISITOR_TOKEN, Events, {
      room: scene.room,
      after: await readEndCursor(scene),
    })
    const one = await sendAsVisitor(scene, 'one')
    expect(summarize(await first.take(1))).toEqual([`added ${one} one`])
    const before = scene.historyCalls()
    workspace.visitorSends(scene.rid, 'two', { _id: 'm2' })
    workspace.edit(one, 'one, edited')
    const after = await readEndCursor(scene)
    const second = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    // What the page has and the poller has not yet takes one look, which tells those who watch of it too.
    const told = summarize(await first.take(2)).sort()
    expect(told).toEqual(['added m2 two', `updated ${one} one, edited`].sort())
    expect(scene.historyCalls()).toBe(before + 2)
    const three = await sendAsVisitor(scene, 'three')
    expect(summarize(await first.take(1))).toEqual([`added ${three} three`])
    expect(summarize(await second.take(1))).toEqual([`added ${three} three`])
  })
})
