import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../../src/domain/caller.ts'
import { describeEvent, openProcesses, POLL_MS, pass, resumeAfter, take, written } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that several processes watch', () => {
  it('costs no read for a credential that the process that reads has used', async () => {
    const { room, open, subscribe } = openProcesses()
    await subscribe(open())
    const follower = open()
    await subscribe(follower)
    await pass(POLL_MS)
    const { length } = room.reads
    await pass(200 * POLL_MS)
    expect(room.reads.length - length).toBeLessThanOrEqual(201)
    expect(follower.hub.getRoomLiveState(room.adapter, 'room', 'OPERATOR').source).toBe('POLL')
  })

  it('is verified for a credential that only a process that follows has', async () => {
    const { room, open, subscribe } = openProcesses()
    const anne: Caller = { role: 'VISITOR', token: 'anne' }
    await subscribe(open())
    const events = await subscribe(open(), undefined, undefined, anne)
    await pass(70 * POLL_MS)
    room.revoked.add('anne')
    await pass(70 * POLL_MS)
    await expect(events.next()).rejects.toThrow('No such room.')
  })

  describe('after one of them has stopped', () => {
    const anne: Caller = { role: 'VISITOR', token: 'anne' }
    const ben: Caller = { role: 'VISITOR', token: 'ben' }

    /** An operator watches the room at one process, Anne at another that stops; a third receives what it reports. */
    async function stopOne() {
      const { room, open, subscribe } = openProcesses()
      await subscribe(open())
      const [stopping, other] = [open(), open()]
      const stop = new AbortController()
      const events = await subscribe(stopping, undefined, stop.signal, anne)
      room.putMessages(written('a'))
      await pass(3 * POLL_MS)
      const [last] = await take(events, 1)
      await stopping.hub.handOver()
      stop.abort()
      room.reads.length = 0
      const come = async (caller: Caller) => {
        const starting = subscribe(other, resumeAfter(last), undefined, caller)
        await pass(POLL_MS)
        return starting
      }
      return { room, come }
    }

    it('starts a caller that it has served without a read, after the cursor', async () => {
      const { room, come } = await stopOne()
      const events = await come(anne)
      room.putMessages(written('b'))
      await pass(2 * POLL_MS)
      expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded b'])
      expect(room.reads).not.toContain('anne')
    })

    it('verifies the caller when a minute has passed since the provider last did', async () => {
      const { room, come } = await stopOne()
      const events = await come(anne)
      room.revoked.add('anne')
      await pass(70 * POLL_MS)
      await expect(events.next()).rejects.toThrow('No such room.')
    })

    it('verifies a caller that the provider has refused since', async () => {
      const { room, open, subscribe } = openProcesses()
      const [stopping, other, third] = [open(), open(), open()]
      const stop = new AbortController()
      await subscribe(stopping, undefined, stop.signal, anne)
      await pass(POLL_MS)
      await stopping.hub.handOver()
      stop.abort()
      room.revoked.add('anne')
      const come = async () => {
        const outcome = subscribe(other, undefined, undefined, anne).then(
          () => 'started',
          (error: Error) => error.message,
        )
        await pass(2 * POLL_MS)
        return outcome
      }
      expect(await come()).toBe('No such room.')
      await subscribe(third)
      await pass(POLL_MS)
      expect(await come()).toBe('No such room.')
    })

    it('verifies a caller that it has reported too late', async () => {
      const { room, come } = await stopOne()
      await pass(70 * POLL_MS)
      room.reads.length = 0
      await come(anne)
      expect(room.reads).toContain('anne')
    })

    it('verifies a caller that it has not served', async () => {
      const { room, come } = await stopOne()
      await come(ben)
      expect(room.reads).toContain('ben')
    })

    it('reads for the caller where no other process reads the room', async () => {
      const { room, open, subscribe } = openProcesses()
      const [stopping, other] = [open(), open()]
      const stop = new AbortController()
      await subscribe(stopping, undefined, stop.signal, anne)
      await pass(POLL_MS)
      await stopping.hub.handOver()
      stop.abort()
      room.reads.length = 0
      await subscribe(other, undefined, undefined, anne)
      expect(room.reads).toEqual(['anne'])
    })
  })
})
