import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pageEndCursor } from '../../../src/cursor/cursor.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { Timeline } from '../../../src/live/changes/timeline.ts'
import { DEFAULT_PUSH_TIMES } from '../../../src/live/push/push-times.ts'
import { edited, message } from '../message-builders.ts'
import { anne, operator, PushedRoom, pass, take, written } from './pushed-room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that its provider pushes', () => {
  it('starts a subscriber without a read, and compares once in the background', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(0)
    expect([pushed.subscribed, pushed.room.reads]).toEqual([['anne'], []])
    pushed.accept(anne)
    const events = await subscribing
    await pass(0)
    expect(pushed.room.reads).toEqual(['anne'])
    expect(pushed.live(anne)).toMatchObject({ source: 'PUSH', latencyMs: 0 })
    await pass(1)
    pushed.push({ type: 'Message', message: written('a') })
    expect(await take(events, 1)).toEqual(['MessageAdded a'])
    expect(pushed.room.reads).toEqual(['anne'])
  })

  it('ends the streams where applying what is pushed fails unexpectedly, and starts anew for the next subscriber', async () => {
    const pushed = new PushedRoom()
    pushed.room.isStalled = true
    const events = await pushed.subscribePushed(anne)
    const defect = new Error('a defect of the gateway')
    vi.spyOn(Timeline.prototype, 'applyPushed').mockImplementationOnce(() => {
      throw defect
    })
    pushed.push({ type: 'Message', message: written('a') })
    const ended = expect(events.next()).rejects.toBe(defect)
    await pass(DEFAULT_PUSH_TIMES.maxHoldMs)
    await ended
    expect(pushed.hub.counts).toEqual({ rooms: 0, subscribers: 0 })
    const next = await pushed.subscribePushed(anne)
    await pass(1)
    pushed.push({ type: 'Message', message: written('b') })
    await pass(DEFAULT_PUSH_TIMES.maxHoldMs)
    expect(await take(next, 1)).toEqual(['MessageAdded b'])
  })

  it('refuses subscribers where starting them fails unexpectedly, and starts anew for the next one', async () => {
    const pushed = new PushedRoom()
    const defect = new Error('a defect of the gateway')
    vi.spyOn(Timeline.prototype, 'startUnread').mockImplementationOnce(() => {
      throw defect
    })
    await expect(pushed.subscribePushed(anne)).rejects.toBe(defect)
    expect(pushed.hub.counts).toEqual({ rooms: 0, subscribers: 0 })
    const next = await pushed.subscribePushed(anne)
    await pass(1)
    pushed.push({ type: 'Message', message: written('a') })
    await pass(DEFAULT_PUSH_TIMES.maxHoldMs)
    expect(await take(next, 1)).toEqual(['MessageAdded a'])
  })

  it('delivers new, edited and deleted messages as they are pushed, without a read', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(10)
    const [a, b] = [written('a'), written('b')]
    pushed.room.putMessages(a, b)
    pushed.push({ type: 'Message', message: a }, { type: 'Message', message: b })
    await pass(10)
    const changed = edited(a, Date.now())
    pushed.push({ type: 'Message', message: changed }, { type: 'MessageDeleted', messageId: 'b' })
    const expected = ['MessageAdded a', 'MessageAdded b', 'MessageUpdated a', 'MessageDeleted b']
    expect(await take(events, 4)).toEqual(expected)
    expect(pushed.room.reads).toEqual(['anne'])
  })

  it('delivers what was written while the push began before what is pushed first', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(5)
    pushed.room.putMessages(written('before'))
    await pass(5)
    pushed.accept(anne)
    pushed.room.putMessages(written('first'))
    pushed.push({ type: 'Message', message: written('first') })
    expect(await take(await subscribing, 2)).toEqual(['MessageAdded before', 'MessageAdded first'])
  })

  it('delivers nothing of a message that came and went while its push waited for a poll', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(5)
    pushed.accept(anne)
    const [gone, a] = [written('gone'), message('a', Date.now() + 1)]
    pushed.room.putMessages(a)
    pushed.push({ type: 'Message', message: gone }, { type: 'MessageDeleted', messageId: 'gone' })
    pushed.push({ type: 'Message', message: a })
    const b = message('b', Date.now() + 2)
    await pass(10)
    pushed.room.putMessages(b)
    pushed.push({ type: 'Message', message: b })
    expect(await take(await subscribing, 2)).toEqual(['MessageAdded a', 'MessageAdded b'])
  })

  it('holds nothing for longer than it must, although the comparison waits', async () => {
    const pushed = new PushedRoom()
    pushed.room.isStalled = true
    const events = await pushed.subscribePushed(anne)
    pushed.push({ type: 'Message', message: written('a') })
    let taken: readonly string[] = []
    void take(events, 1).then((one) => {
      taken = one
    })
    await pass(DEFAULT_PUSH_TIMES.maxHoldMs - 1)
    expect(taken).toEqual([])
    await pass(1)
    expect(taken).toEqual(['MessageAdded a'])
  })

  it('leaves changes to polls when a thousand were pushed since the last one', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(10)
    pushed.room.isStalled = true
    const all = Array.from({ length: 1_010 }, (_, number) => written(`m${number}`))
    for (const message of all.slice(0, 1_000)) {
      pushed.push({ type: 'Message', message })
      await take(events, 1)
    }
    pushed.push(...all.slice(1_000).map((message) => ({ type: 'Message', message }) as const))
    let next: readonly string[] = []
    void take(events, 1).then((one) => {
      next = one
    })
    await pass(5_000)
    expect(next).toEqual([])
  })

  it('reads what a subscriber that resumes has missed', async () => {
    const pushed = new PushedRoom()
    const [seen, missed] = [written('seen'), message('missed', Date.now() + 1)]
    pushed.room.putMessages(seen, missed)
    const after = pageEndCursor([seen], FIRST_POSITION)
    const subscribing = pushed.subscribe(anne, after ?? undefined)
    await pass(0)
    pushed.accept(anne)
    expect(await take(await subscribing, 1)).toEqual(['MessageAdded missed'])
  })

  it('joins with a read where the push does not start in time', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(1_499)
    expect(pushed.room.reads).toEqual([])
    await pass(1)
    await subscribing
    expect(pushed.room.reads).toEqual(['anne'])
    expect(pushed.live(anne).source).toBe('POLL')
  })

  it('joins with a read at once where the provider refuses the push', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(0)
    pushed.drop(anne, true)
    await subscribing
    expect(pushed.room.reads).toEqual(['anne'])
  })

  it('is pushed after the first read where the provider pushes only to credentials that a read has proved', async () => {
    const pushed = new PushedRoom()
    const subscribing = pushed.subscribe(anne)
    await pass(0)
    pushed.drop(anne, true)
    const events = await subscribing
    await pass(0)
    expect(pushed.subscribed).toEqual(['anne'])
    pushed.accept(anne)
    await pass(1_000)
    pushed.push({ type: 'Message', message: written('a') })
    expect(await take(events, 1)).toEqual(['MessageAdded a'])
  })

  it('tries push again after ten minutes where the provider has refused it for good', async () => {
    const pushed = new PushedRoom()
    await pushed.subscribePushed(anne)
    pushed.drop(anne, true)
    await pass(599_000)
    expect(pushed.subscribed).toEqual([])
    await pass(30_000)
    expect(pushed.subscribed).toEqual(['anne'])
  })

  it('needs no verification of a credential that the provider pushes to', async () => {
    const pushed = new PushedRoom()
    const [events, operatorEvents] = [
      await pushed.subscribePushed(anne),
      await pushed.subscribePushed(operator),
    ]
    pushed.room.isStalled = true
    await pass(70_000)
    const reads = pushed.room.reads.length
    pushed.push({ type: 'Message', message: written('a') })
    expect([await take(events, 1), await take(operatorEvents, 1)]).toEqual([
      ['MessageAdded a'],
      ['MessageAdded a'],
    ])
    expect(pushed.room.reads).toHaveLength(reads)
  })

  it('verifies a credential that is not pushed to before it delivers what another one is pushed', async () => {
    const pushed = new PushedRoom()
    await pushed.subscribePushed(operator)
    const ended = pushed.subscribe(anne)
    await pass(0)
    pushed.drop(anne, true)
    const events = await ended
    pushed.room.revoked.add('anne')
    await pass(61_000)
    pushed.push({ type: 'Message', message: written('secret') })
    await expect(events.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('ends the push of a credential with its last subscriber', async () => {
    const pushed = new PushedRoom()
    const events = [await pushed.subscribePushed(anne), await pushed.subscribe(anne)]
    await events[0]?.return?.()
    expect(pushed.subscribed).toEqual(['anne'])
    await events[1]?.return?.()
    expect(pushed.subscribed).toEqual([])
    expect(pushed.live(anne).source).toBe('NONE')
  })
})
