import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatAdapter } from '../../src/domain/adapter.ts'
import { type CapabilityManifest, type CapabilitySupport, capabilities } from '../../src/domain/capability.ts'
import { ChatError } from '../../src/domain/errors.ts'
import type { OfflineMessage } from '../../src/domain/model.ts'
import type { OfflineMessageQuery } from '../../src/domain/offline-messages.ts'
import { OfflineMessageFeed } from '../../src/offline/offline-message-feed.ts'
import type { StoredMessageList } from '../../src/offline/stored-message-list.ts'
import { unsupportedMethods } from '../../src/providers/shared/unsupported-methods.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { silentLog } from '../support/log.ts'
import { storedMessage } from './stored-messages.ts'

const HOUR_MS = 3_600_000

const message = (provider: string, key: string, more: Partial<OfflineMessage> = {}): OfflineMessage => ({
  type: 'OfflineMessage',
  provider,
  key,
  nativeId: key,
  name: 'Ada',
  email: 'ada@mail.test',
  text: key,
  rawText: key,
  departmentId: null,
  receivedAt: null,
  receivedOn: new Date().toISOString().slice(0, 10),
  delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  ...more,
})

/** A provider that lists the messages in `days`, newest day first. */
function provider(name: string) {
  const operators: CapabilitySupport = { roles: ['OPERATOR'], denialReason: '' }
  const supports = Object.fromEntries(
    capabilities.map((capability) => [capability, operators]),
  ) as CapabilityManifest
  const list: OfflineMessage[] = []
  const polls: { readonly query: OfflineMessageQuery; readonly signal: AbortSignal }[] = []
  const state: { failure: Error | null; until: Promise<void> | null; polled: number } = {
    failure: null,
    until: null,
    polled: 0,
  }
  const adapter: ChatAdapter = {
    ...unsupportedMethods(name),
    name,
    kind: 'LIVECHAT',
    supports,
    hasViewPerRole: false,
    getHealth: async () => ({ status: 'UNKNOWN', checkedAt: null, reason: null }),
    getRoomCapabilities: async () => [],
    async *listOfflineMessages(query, _resume, { signal }) {
      polls.push({ query, signal })
      try {
        await state.until
        if (state.failure) throw state.failure
        const to = query.to ?? new Date().toISOString().slice(0, 10)
        for (const one of list) {
          const day = one.receivedOn ?? ''
          if (day >= (query.from ?? '') && day <= to) yield { message: one, resumeToken: one.key }
        }
      } finally {
        state.polled += 1
      }
    },
    close: async () => {},
  }
  /** Waits for the end of this many polls. */
  const waitForPolls = async (count: number): Promise<void> => {
    await waitUntil(() => state.polled === count)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { adapter, list, polls, state, waitForPolls }
}

type FindCopies = StoredMessageList['findCopiesOf']

/** A feed that polls once and then on request only; `accept` simulates a message accepted by this process. */
function openFeed(adapters: readonly ChatAdapter[], findCopiesOf: FindCopies = async () => []) {
  const listeners = new Set<(accepted: OfflineMessage) => void>()
  const feed = new OfflineMessageFeed({
    adapters,
    list: { acceptedSince: async () => [], findCopiesOf },
    outbox: {
      onAccepted(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    providerIntervalMs: HOUR_MS,
    storeIntervalMs: 1,
    log: silentLog,
  })
  onTestFinished(() => feed.close())
  const join = (providers: readonly string[], signal = new AbortController().signal) =>
    feed.subscribe({ providers, signal })
  return {
    feed,
    join,
    listeners,
    accept: (one: OfflineMessage) => {
      for (const listener of listeners) listener(one)
    },
  }
}

const take = async (stream: AsyncIterator<OfflineMessage>, count: number): Promise<string[]> => {
  const keys: string[] = []
  while (keys.length < count) {
    const next = await stream.next()
    if (next.done) throw new Error('the stream ended')
    keys.push(next.value.key)
  }
  return keys
}

describe('the feed of new offline messages', () => {
  it('polls once for all subscribers of a provider, and stops at once with the last of them', async () => {
    const [one, other] = [provider('one'), provider('other')]
    const { feed, join, listeners } = openFeed([one.adapter, other.adapter])
    const streams = [join(['one']), join(['one']), join(['one', 'other'])]
    expect(feed.counts).toEqual({ subscribers: 3, providers: 2 })
    await one.waitForPolls(1)
    await other.waitForPolls(1)
    expect([one.polls.length, other.polls.length]).toEqual([1, 1])
    await streams[2]?.return?.()
    expect(feed.counts).toEqual({ subscribers: 2, providers: 1 })
    await streams[0]?.return?.()
    expect(listeners.size).toBe(1)
    one.state.until = new Promise(() => {})
    feed.requestPoll('one')
    await waitUntil(() => one.polls.length === 2)
    await streams[1]?.return?.()
    expect(feed.counts).toEqual({ subscribers: 0, providers: 0 })
    expect(one.polls.map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect(listeners.size).toBe(0)
    feed.requestPoll('one')
    expect(one.polls).toHaveLength(2)
  })

  it('ends with the signal, and does not start with an aborted one', async () => {
    const { feed, join } = openFeed([provider('one').adapter])
    const leaving = new AbortController()
    const stream = join(['one'], leaving.signal)
    const next = stream.next()
    leaving.abort()
    expect(await next).toMatchObject({ done: true })
    expect(feed.counts.subscribers).toBe(0)
    expect(() => join(['one'], leaving.signal)).toThrow()
    expect(feed.counts.subscribers).toBe(0)
  })

  it('delivers only later messages to later subscribers, and restarts after all have left', async () => {
    const one = provider('one')
    const { feed, join } = openFeed([one.adapter])
    const early = join(['one'])
    await one.waitForPolls(1)
    one.list.unshift(message('one', 'first'))
    feed.requestPoll('one')
    expect(await take(early, 1)).toEqual(['first'])
    const late = join(['one'])
    one.list.unshift(message('one', 'second'))
    feed.requestPoll('one')
    expect(await take(late, 1)).toEqual(['second'])
    expect(await take(early, 1)).toEqual(['second'])
    await Promise.all([early.return?.(), late.return?.()])
    one.list.unshift(message('one', 'unseen'))
    const again = join(['one'])
    await one.waitForPolls(4)
    one.list.unshift(message('one', 'third'))
    feed.requestPoll('one')
    expect(await take(again, 1)).toEqual(['third'])
  })

  it.each([-7_000, 0, 7_000])(
    'delivers what came before the first successful poll, and nothing older, with a clock %d ms ahead',
    async (aheadMs) => {
      const one = provider('one')
      const { feed, join } = openFeed([{ ...one.adapter, clockSkewMs: () => aheadMs }])
      one.state.failure = new ChatError('PROVIDER_UNAVAILABLE', 'Away.')
      const began = Date.now()
      const stream = join(['one'])
      await one.waitForPolls(1)
      one.state.failure = null
      const at = (ms: number) => ({ receivedAt: new Date(began + aheadMs + ms) })
      one.list.unshift(message('one', 'came', at(1_000)), message('one', 'old', at(-1_000)))
      feed.requestPoll('one')
      expect(await take(stream, 1)).toEqual(['came'])
    },
  )

  it('continues after failures, and waits as long as a provider asks', async () => {
    const one = provider('one')
    const { feed, join, accept } = openFeed([one.adapter])
    const stream = join(['one'])
    await one.waitForPolls(1)
    one.state.failure = new ChatError('RATE_LIMITED', 'Slow down.', { retryAfterMs: HOUR_MS })
    feed.requestPoll('one')
    await one.waitForPolls(2)
    feed.requestPoll('one')
    accept(message('one', 'accepted'))
    expect(await take(stream, 1)).toEqual(['accepted'])
    expect(one.polls).toHaveLength(2)
  })

  it('loses and repeats nothing if the store fails while a poll is compared with it', async () => {
    const one = provider('one')
    let isAway = true
    const copy = storedMessage({ provider: 'one' })
    const { feed, join } = openFeed([one.adapter], async ({ key }) => {
      if (key === 'sent from here') return [copy]
      if (isAway) throw new ChatError('PROVIDER_UNAVAILABLE', 'The store is away.')
      return []
    })
    const stream = join(['one'])
    await one.waitForPolls(1)
    one.list.unshift(message('one', 'from elsewhere'), message('one', 'sent from here'))
    feed.requestPoll('one')
    await one.waitForPolls(2)
    isAway = false
    feed.requestPoll('one')
    expect(await take(stream, 1)).toEqual(['from elsewhere'])
    one.list.unshift(message('one', 'later'))
    feed.requestPoll('one')
    expect(await take(stream, 1)).toEqual(['later'])
  })

  it('ends the stream of a slow subscriber after its queued messages, and no other stream', async () => {
    const { join, accept } = openFeed([provider('one').adapter])
    const [slow, quick] = [join(['one']), join(['one'])]
    for (let n = 0; n < 300; n += 1) {
      accept(message('one', `message ${n}`))
      expect(await take(quick, 1)).toEqual([`message ${n}`])
    }
    expect(await take(slow, 256)).toHaveLength(256)
    await expect(slow.next()).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    accept(message('one', 'last'))
    expect(await take(quick, 1)).toEqual(['last'])
  })

  it('misses nothing at midnight: the previous day is read once more', async () => {
    vi.setSystemTime('2026-03-10T23:59:00Z')
    onTestFinished(() => void vi.useRealTimers())
    const one = provider('one')
    const { feed, join } = openFeed([one.adapter])
    const stream = join(['one'])
    await one.waitForPolls(1)
    one.list.unshift(message('one', 'late', { receivedOn: '2026-03-10' }))
    vi.setSystemTime('2026-03-11T00:00:30Z')
    one.list.unshift(message('one', 'early', { receivedOn: '2026-03-11' }))
    feed.requestPoll('one')
    expect((await take(stream, 2)).sort()).toEqual(['early', 'late'])
    feed.requestPoll('one')
    await one.waitForPolls(3)
    expect(one.polls.map(({ query }) => query.from)).toEqual(['2026-03-10', '2026-03-10', '2026-03-11'])
  })

  it.each([
    ['ahead', HOUR_MS, '2026-03-10T23:30:00Z', '2026-03-11'],
    ['behind', -HOUR_MS, '2026-03-11T00:30:00Z', '2026-03-10'],
  ])(
    'delivers what a provider dates to another day, with a clock one hour %s',
    async (_, aheadMs, now, day) => {
      vi.setSystemTime(now)
      onTestFinished(() => void vi.useRealTimers())
      const one = provider('one')
      const { feed, join } = openFeed([{ ...one.adapter, clockSkewMs: () => aheadMs }])
      const stream = join(['one'])
      await one.waitForPolls(1)
      for (const key of ['first', 'second']) {
        one.list.unshift(message('one', key, { receivedOn: day }))
        feed.requestPoll('one')
        expect(await take(stream, 1)).toEqual([key])
      }
    },
  )

  it('reads a list with times no further back than new messages can be', async () => {
    // All times are of one day.
    vi.setSystemTime('2026-03-10T12:00:00Z')
    onTestFinished(() => void vi.useRealTimers())
    const one = provider('one')
    const at = (minutesAgo: number) => {
      const receivedAt = new Date(Date.now() - minutesAgo * 60_000)
      return { receivedAt, receivedOn: receivedAt.toISOString().slice(0, 10) }
    }
    one.list.push(message('one', 'known', at(20)))
    const { feed, join } = openFeed([one.adapter])
    const stream = join(['one'])
    await one.waitForPolls(1)
    one.list.unshift(message('one', 'late in the list', at(22)))
    one.list.unshift(message('one', 'fresh', at(0)))
    feed.requestPoll('one')
    expect(await take(stream, 2)).toEqual(['late in the list', 'fresh'])
  })
})
