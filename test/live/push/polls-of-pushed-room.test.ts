import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pageEndCursor } from '../../../src/cursor/cursor.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { AuditGate } from '../../../src/live/push/audit-gate.ts'
import { DEFAULT_PUSH_TIMES } from '../../../src/live/push/push-times.ts'
import { message } from '../message-builders.ts'
import { anne, operator, PushedRoom, pass, take, written } from './pushed-room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
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

  it('are repeated until it is certain that a message is gone whose deletion push did not name', async () => {
    const pushed = new PushedRoom()
    const events = await pushed.subscribePushed(anne)
    await pass(5_000)
    const a = written('a')
    pushed.room.putMessages(a)
    pushed.push({ type: 'Message', message: a })
    expect(await take(events, 1)).toEqual(['MessageAdded a'])
    pushed.room.messages.delete('a')
    pushed.push({ type: 'Unreadable' })
    const next = take(events, 1)
    await pass(10_500)
    expect(pushed.room.reads.length).toBeLessThanOrEqual(4)
    expect(await next).toEqual(['MessageDeleted a'])
  })

  it('come before what is pushed after such a change, which waits no longer than it must', async () => {
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
    await pass(DEFAULT_PUSH_TIMES.maxHoldMs - 500)
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
