import { afterEach, expect, it, vi } from 'vitest'
import { EventLog } from '../../src/live/event-log.ts'
import { KnownWindow } from '../../src/live/known-window.ts'
import { Watcher } from '../../src/live/watcher.ts'
import { play } from './play.ts'
import type { Script } from './script.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** One who listens throughout and one who is cut and comes back, while things of each kind happen. */
const script: Script = {
  provider: 'rocketchat',
  skewMs: 0,
  hints: 'none',
  subscribers: [
    {
      room: 0,
      role: 'OPERATOR',
      stream: 'roomEvents',
      over: 'WebSocket',
      page: 10,
      cutEvery: 0,
      early: true,
    },
    { room: 0, role: 'VISITOR', stream: 'roomEvents', over: 'SSE', page: 10, cutEvery: 1, early: true },
  ],
  steps: [
    { do: 'hear' },
    { do: 'say', room: 0, by: 'visitor', through: 'provider' },
    { do: 'say', room: 0, by: 'agent', through: 'provider' },
    { do: 'say', room: 0, by: 'agent', through: 'provider' },
    { do: 'look', times: 5 },
    { do: 'edit', room: 0, pick: 0 },
    { do: 'look', times: 5 },
    { do: 'delete', room: 0, pick: 2, how: 'marked' },
    { do: 'look', times: 5 },
    { do: 'burst', room: 0, count: 4, held: true },
    { do: 'look', times: 5 },
    { do: 'leave', who: 1, how: 'cut' },
    { do: 'look', times: 2 },
    { do: 'say', room: 0, by: 'visitor', through: 'provider' },
    { do: 'look', times: 2 },
    { do: 'come', who: 1, gateway: 1 },
  ],
}

it('finds nothing wrong with the gateway as it is', async () => {
  expect((await play(script)).violations).toEqual([])
})

it('finds out a log that drops an event', async () => {
  const append = EventLog.prototype.append
  vi.spyOn(EventLog.prototype, 'append').mockImplementation(function (this: EventLog, changes) {
    return append.call(this, changes).filter(({ event }) => event.change.type !== 'MessageUpdated')
  })
  expect((await play(script)).violations.join()).toMatch(/never told that \S+ was edited/)
})

it('finds out a window that misses new messages', async () => {
  const compare = KnownWindow.prototype.compare
  vi.spyOn(KnownWindow.prototype, 'compare').mockImplementation(function (this: KnownWindow, read) {
    const found = compare.call(this, read)
    return found.length < 2 ? found : found.slice(1)
  })
  expect((await play(script)).violations.join()).toMatch(/never told that \S+ was added|was not known/)
})

it('finds out a watcher that is told twice', async () => {
  const offer = Watcher.prototype.offer
  vi.spyOn(Watcher.prototype, 'offer').mockImplementation(function (this: Watcher, events) {
    offer.call(this, [...events, ...events.slice(0, 1)])
  })
  expect((await play(script)).violations.join()).toMatch(/was (known|told in this version) before/)
})

it('finds out a watcher that is told out of order', async () => {
  const offer = Watcher.prototype.offer
  vi.spyOn(Watcher.prototype, 'offer').mockImplementation(function (this: Watcher, events) {
    offer.call(this, [...events].reverse())
  })
  expect((await play(script)).violations.join()).toMatch(/comes behind/)
})

it('finds out a log that forgets where it stood', async () => {
  vi.spyOn(EventLog.prototype, 'after').mockImplementation(() => [])
  expect((await play(script)).violations).not.toEqual([])
})
