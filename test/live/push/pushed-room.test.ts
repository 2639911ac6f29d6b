import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pageEndCursor } from '../../../src/cursor/cursor.ts'
import { FIRST_POSITION, type Message } from '../../../src/domain/model.ts'
import { AuditGate } from '../../../src/live/push/audit-gate.ts'
import { edited, message } from '../message-builders.ts'
import { anne, operator, PushedRoom, take } from './pushed-room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A message that is written now. */
const written = (id: string, fields: Partial<Message> = {}) => message(id, Date.now(), fields)
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

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

  it('holds nothing for more than a second, although the comparison waits', async () => {
    const pushed = new PushedRoom()
    pushed.room.isStalled = true
    const events = await pushed.subscribePushed(anne)
    pushed.push({ type: 'Message', message: written('a') })
    let taken: readonly string[] = []
    void take(events, 1).then((one) => {
      taken = one
    })
    await pass(999)
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

describe('polls of a pushed room', () => {
  it('find what push has lost within half a minute of activity', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(10_000)
    const [lost, a] = [written('lost'), message('a', Date.now() + 1)]
    pushed.room.putMessages(lost, a)
    pushed.push({ type: 'Message', message: a })
    await pass(30_000)
    expect(await take(events, 2)).toEqual(['MessageAdded a', 'MessageAdded lost'])
  })

  it('become rare while the room is quiet', async () => {
    const pushed = new PushedRoom()
    await pushed.subscribePushed(anne)
    await pass(3_600_000)
    const reads = pushed.room.reads.length
    expect(reads).toBeLessThan(14)
    await pass(3_600_000)
    expect(pushed.room.reads.length - reads).toBeGreaterThanOrEqual(2)
  })

  it('are not postponed by a room that is always busy', async () => {
    const pushed = new PushedRoom()
    await pushed.subscribePushed(anne)
    for (let second = 0; second < 120; second += 1) {
      await pass(1_000)
      const one = written(`m${second}`)
      pushed.room.putMessages(one)
      pushed.push({ type: 'Message', message: one })
    }
    expect(pushed.room.reads.length).toBeGreaterThanOrEqual(1 + 120 / 30)
    expect(pushed.room.reads.length).toBeLessThanOrEqual(1 + 120 / 15)
  })

  it('show a change that is announced elsewhere and not pushed, after two seconds', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(10_000)
    pushed.room.putMessages(written('a'))
    const { length } = pushed.room.reads
    pushed.requestPoll()
    await pass(1_999)
    expect(pushed.room.reads).toHaveLength(length)
    await pass(1)
    expect(await take(events, 1)).toEqual(['MessageAdded a'])
  })

  it('are not made for an announced change that was pushed', async () => {
    const pushed = new PushedRoom()
    await pushed.subscribePushed(anne)
    await pass(3_000)
    const { length } = pushed.room.reads
    const a = written('a')
    pushed.room.putMessages(a)
    pushed.push({ type: 'Message', message: a })
    pushed.requestPoll()
    await pass(10_000)
    expect(pushed.room.reads).toHaveLength(length)
  })

  it('follow each reconnection at once, and deliver what was missed first', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(5_000)
    pushed.drop(anne)
    expect(pushed.live(anne).source).toBe('POLL')
    pushed.room.putMessages(written('missed'))
    await pass(100)
    pushed.accept(anne)
    const a = written('a')
    pushed.room.putMessages(a)
    pushed.push({ type: 'Message', message: a })
    expect(await take(events, 2)).toEqual(['MessageAdded missed', 'MessageAdded a'])
    expect(pushed.live(anne).source).toBe('PUSH')
  })

  it('come before what was pushed after a reconnection, also where push ends again meanwhile', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(5_000)
    pushed.drop(anne)
    pushed.room.putMessages(written('missed'))
    await pass(1)
    pushed.accept(anne)
    const a = written('a')
    pushed.room.putMessages(a)
    pushed.push({ type: 'Message', message: a })
    pushed.drop(anne)
    await pass(100)
    expect(await take(events, 2)).toEqual(['MessageAdded missed', 'MessageAdded a'])
  })

  it('replace push that has lost two changes in a row, until it brings one again', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(60_000)
    for (const id of ['a', 'b']) {
      pushed.room.putMessages(written(id))
      pushed.requestPoll()
      await pass(8_000)
    }
    expect(await take(events, 2)).toEqual(['MessageAdded a', 'MessageAdded b'])
    expect(pushed.live(anne).source).toBe('POLL')
    pushed.room.putMessages(written('c'))
    await pass(11_000)
    expect(await take(events, 1)).toEqual(['MessageAdded c'])
    pushed.push({ type: 'Message', message: written('d') })
    expect(pushed.live(anne).source).toBe('PUSH')
  })

  it('are made at once for a change that push could not show', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(5_000)
    pushed.room.putMessages(written('a'))
    pushed.push({ type: 'Unreadable' })
    expect(await take(events, 1)).toEqual(['MessageAdded a'])
  })

  it('come before what is pushed after such a change, for a second at most', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(5_000)
    const [a, b] = [written('a'), message('b', Date.now() + 1)]
    pushed.room.putMessages(a, b)
    pushed.push({ type: 'Unreadable' }, { type: 'Message', message: b })
    expect(await take(events, 2)).toEqual(['MessageAdded a', 'MessageAdded b'])
    pushed.room.isStalled = true
    pushed.push({ type: 'Unreadable' })
    await pass(500)
    pushed.push({ type: 'Unreadable' }, { type: 'Message', message: written('c') })
    const next = take(events, 1)
    await pass(500)
    expect(await next).toEqual(['MessageAdded c'])
  })

  it('give their turn back where another read came first', async () => {
    let admit = () => {}
    vi.spyOn(AuditGate.prototype, 'request').mockImplementation((_room, start) => {
      admit = start
    })
    const release = vi.spyOn(AuditGate.prototype, 'release')
    const pushed = new PushedRoom()
    const seen = written('seen')
    pushed.room.putMessages(seen)
    await pushed.subscribePushed(anne)
    admit()
    await pass(31_000)
    // An audit waits for its turn. The read of a subscriber that joins makes it superfluous.
    const after = pageEndCursor([seen], FIRST_POSITION)
    await pushed.subscribe(operator, after ?? undefined)
    await pass(0)
    const { length } = pushed.room.reads
    release.mockClear()
    admit()
    await pass(0)
    expect([release.mock.calls.length, pushed.room.reads.length]).toEqual([1, length])
  })
})
