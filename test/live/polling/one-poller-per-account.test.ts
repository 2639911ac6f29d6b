import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { Hub } from '../../../src/live/hub.ts'
import { silentLog } from '../../support/log.ts'
import { FakeRoom } from '../fake-room.ts'

const HOUR_MS = 3_600_000
/** Milliseconds after which a requested poll is due at the latest. */
const REQUESTED_MS = 1_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('polls an account once for all its activity feeds', async () => {
  let polls = 0
  const readRoomActivity: ChatAdapter['readRoomActivity'] = async () => {
    polls += 1
    return { rooms: [{ roomId: 'room', room: null }], syncToken: '', isComplete: true }
  }
  const adapter: ChatAdapter = { ...new FakeRoom().adapter, readRoomActivity }
  const hub = new Hub({ pollInterval: { activeMs: HOUR_MS, idleMs: HOUR_MS }, log: silentLog })
  onTestFinished(() => hub.close())
  const { signal } = new AbortController()
  const feeds = [
    await hub.subscribeToActivity([adapter], signal),
    await hub.subscribeToActivity([adapter], signal),
  ]
  expect(polls).toBe(1)
  for (const feed of feeds) while (feed.length > 0) await feed.next()
  hub.requestPoll('fake', 'room')
  await vi.advanceTimersByTimeAsync(REQUESTED_MS)
  expect(polls).toBe(2)
  for (const feed of feeds) {
    expect(feed.length).toBe(1)
    expect((await feed.next()).value).toMatchObject({ provider: 'fake', roomId: 'room' })
  }
})
