import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import { ChatError } from '../../../src/domain/errors.ts'
import { UnverifiedSubscriptions } from '../../../src/live/polling/unverified-subscriptions.ts'
import { SignalHub } from '../../../src/live/signals/signal-hub.ts'
import type { SignalQueue } from '../../../src/live/signals/signal-source.ts'
import { FakePush } from '../../support/fake-push.ts'
import { silentLog } from '../../support/log.ts'
import { FakeRoom } from '../fake-room.ts'
import { participant, seen, summarizeSignal, typing } from './signals.ts'

const operator = createOperatorCaller('tester')
const visitor = (token: string): Caller => ({ role: 'VISITOR', token })
const START_TIMEOUT_MS = 10_000

/** A hub with one provider; its push accepts every subscription at once unless `accepts` is false. */
function openHub({ accepts = true, adapter = {} as Partial<ChatAdapter> } = {}) {
  const push = new FakePush()
  const room = new FakeRoom()
  if (accepts) push.onSubscribe = ({ receiver }) => receiver.onLive()
  const hub = new SignalHub(new UnverifiedSubscriptions())
  const fake: ChatAdapter = { ...room.adapter, push, isVerified: () => true, ...adapter }
  const subscribe = (caller: Caller, roomId = 'room', signal = new AbortController().signal) =>
    hub.subscribe({ adapter: fake, roomId, call: { caller, clientAddress: null, log: silentLog, signal } })
  onTestFinished(() => hub.close())
  return { push, room, hub, subscribe }
}

/** What a subscriber has received and not yet read, in short; `end` and codes of errors included. */
function drain(queue: SignalQueue): readonly string[] {
  const read: string[] = []
  try {
    for (let taken = queue.tryTake(); taken; taken = queue.tryTake()) {
      if (taken.done) return [...read, 'end']
      read.push(summarizeSignal(taken.value.signal))
    }
  } catch (error) {
    return [...read, error instanceof ChatError ? error.code : String(error)]
  }
  return read
}

const codeOf = (failed: Promise<unknown>) =>
  failed.then(
    () => 'none',
    (error: unknown) => (error instanceof ChatError ? error.code : Object(error).name),
  )

describe('subscribers of a room', () => {
  it('share one subscription at the provider, from the first to the last', async () => {
    const { push, hub, subscribe } = openHub()
    const queues = await Promise.all(Array.from({ length: 50 }, () => subscribe(operator)))
    expect(push.subscriptions).toMatchObject([{ roomId: 'room', caller: operator }])
    expect(hub.counts).toEqual({ sources: 1, subscribers: 50 })
    push.push(typing('ann'))
    for (const queue of queues) expect(drain(queue)).toEqual(['ann types'])
    for (const queue of queues.slice(1)) queue.close()
    expect(push.open).toHaveLength(1)
    queues[0]?.close()
    expect(push.open).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
    await subscribe(operator)
    expect(push.subscriptions).toHaveLength(2)
  })

  it('receive the same object, so that a shared execution resolves a signal once', async () => {
    const { push, subscribe } = openHub()
    const [one, two] = [await subscribe(operator), await subscribe(operator)]
    push.push(typing('ann'))
    expect(one?.tryTake()?.value).toBe(two?.tryTake()?.value)
  })

  it('with different credentials have a subscription each, and see nothing of each other', async () => {
    const { push, subscribe } = openHub()
    const callers = [operator, visitor('one'), visitor('two')]
    const queues = await Promise.all(callers.map((caller) => subscribe(caller)))
    const other = await subscribe(operator, 'other room')
    expect(push.open.map(({ caller, roomId }) => [caller, roomId])).toEqual([
      ...callers.map((caller) => [caller, 'room']),
      [operator, 'other room'],
    ])
    push.open[0]?.receiver.onSignal(typing('ann'))
    expect(queues.map(drain)).toEqual([['ann types'], [], []])
    expect(drain(other)).toEqual([])
  })

  it('that are operators with other permissions share the service account’s subscription', async () => {
    const { push, subscribe } = openHub()
    await subscribe(operator)
    await subscribe(createOperatorCaller('another', { permissions: ['READ'] }))
    expect(push.subscriptions).toHaveLength(1)
  })

  it('receive nothing from before they came', async () => {
    const { push, subscribe } = openHub()
    await subscribe(operator)
    push.push(typing('ann'))
    const late = await subscribe(operator)
    push.push(typing('ben'))
    expect(drain(late)).toEqual(['ben types'])
  })
})

describe('a slow subscriber', () => {
  it('receives the newest signal of each type and participant, and delays nobody', async () => {
    const { push, subscribe } = openHub()
    const [slow, fast] = [await subscribe(operator), await subscribe(operator)]
    for (const signal of [
      typing('ann'),
      typing('ben'),
      seen('ann', '2026-01-01T00:00:00Z'),
      typing('ann', false),
    ])
      push.push(signal)
    expect(drain(fast)).toEqual(['ann stops', 'ben types', 'ann saw 2026-01-01T00:00:00.000Z'])
    push.push(typing('ben', false))
    expect(drain(fast)).toEqual(['ben stops'])
    expect(drain(slow)).toEqual(['ann stops', 'ben stops', 'ann saw 2026-01-01T00:00:00.000Z'])
  })

  it('has a bounded queue, however many participants the provider names', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { push, subscribe } = openHub()
    const slow = await subscribe(operator)
    for (let index = 0; index < 500; index += 1) {
      push.push({ type: 'Seen', participant: participant(`p${index}`), upTo: new Date(1_000) })
      vi.advanceTimersByTime(2_000)
    }
    expect(slow.length).toBe(64)
    expect(drain(slow)).toHaveLength(64)
    push.push({ type: 'Seen', participant: participant('p499'), upTo: new Date(2_000) })
    expect(drain(slow)).toEqual(['p499 saw 1970-01-01T00:00:02.000Z'])
  })

  it('of more than 32 participants that type at once, receives those of the first', async () => {
    const { push, subscribe } = openHub()
    const queue = await subscribe(operator)
    for (let index = 0; index < 500; index += 1) push.push(typing(`p${index}`))
    expect(drain(queue)).toHaveLength(32)
  })
})

describe('the start', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
  })

  it('waits until the provider has accepted the credential, and delivers nothing before', async () => {
    const { push, subscribe } = openHub({ accepts: false })
    const started: SignalQueue[] = []
    for (let count = 0; count < 2; count += 1) void subscribe(operator).then((queue) => started.push(queue))
    push.push(typing('ann'))
    await vi.advanceTimersByTimeAsync(START_TIMEOUT_MS - 1)
    expect(started).toHaveLength(0)
    push.open[0]?.receiver.onLive()
    await vi.advanceTimersByTimeAsync(START_TIMEOUT_MS)
    expect(started.map(drain)).toEqual([[], []])
    push.push(typing('ann'))
    expect(started.map(drain)).toEqual([['ann types'], ['ann types']])
    expect(push.subscriptions).toHaveLength(1)
  })

  it('fails with PROVIDER_UNAVAILABLE after ten seconds, and the last one closes the subscription', async () => {
    const { push, hub, subscribe } = openHub({ accepts: false })
    const first = codeOf(subscribe(operator))
    await vi.advanceTimersByTimeAsync(1_000)
    const second = codeOf(subscribe(operator))
    await vi.advanceTimersByTimeAsync(START_TIMEOUT_MS - 1_000)
    expect(await first).toBe('PROVIDER_UNAVAILABLE')
    expect(push.open).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await second).toBe('PROVIDER_UNAVAILABLE')
    expect(push.open).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('survives a provider that is down for a while', async () => {
    const { push, subscribe } = openHub({ accepts: false })
    const started = subscribe(operator)
    push.open[0]?.receiver.onDown('The socket was closed.', false)
    push.open[0]?.receiver.onLive()
    expect(drain(await started)).toEqual([])
  })

  it.for([true, false])(
    'fails with the provider’s refusal of the caller (within the call: %s)',
    async (isSync) => {
      const { push, hub, subscribe } = openHub({ accepts: false })
      const refuse = () =>
        push.subscriptions[0]?.receiver.onDown('refused', true, new ChatError('NOT_FOUND', 'No such room.'))
      if (isSync) push.onSubscribe = refuse
      const code = codeOf(subscribe(operator))
      if (!isSync) refuse()
      expect(await code).toBe('NOT_FOUND')
      expect(push.open).toHaveLength(0)
      expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
    },
  )

  it('fails with the error of a push that throws, and the next subscriber tries again', async () => {
    const { push, hub, subscribe } = openHub()
    push.onSubscribe = () => {
      throw new ChatError('PROVIDER_ERROR', 'No socket.')
    }
    expect(await codeOf(subscribe(operator))).toBe('PROVIDER_ERROR')
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
    push.onSubscribe = ({ receiver }) => receiver.onLive()
    await subscribe(operator)
    expect(hub.counts).toEqual({ sources: 1, subscribers: 1 })
  })

  it('is given up when the client disconnects', async () => {
    const { push, hub, subscribe } = openHub({ accepts: false })
    const client = new AbortController()
    const code = codeOf(subscribe(operator, 'room', client.signal))
    client.abort()
    expect(await code).toBe('AbortError')
    expect(push.open).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
    expect(await codeOf(subscribe(operator, 'room', client.signal))).toBe('AbortError')
    expect(push.subscriptions).toHaveLength(1)
  })

  it('is UNSUPPORTED without push, with the reason where the provider has one', async () => {
    const off = openHub({ adapter: { push: null } })
    await expect(off.subscribe(operator)).rejects.toMatchObject({ code: 'UNSUPPORTED', provider: 'fake' })
    const { push, subscribe } = openHub()
    push.denialReason = ({ role }) => (role === 'OPERATOR' ? 'Operators have no push here.' : null)
    await expect(subscribe(operator)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: 'Operators have no push here.',
    })
    expect(push.subscriptions).toHaveLength(0)
    await subscribe(visitor('one'))
    expect(push.subscriptions).toHaveLength(1)
  })

  it('with a token that no provider has accepted reads the room once, and opens nothing before', async () => {
    const { push, room, subscribe } = openHub({ adapter: { isVerified: () => false } })
    room.revoked.add('invented')
    const refused = [subscribe(visitor('invented')), subscribe(visitor('invented'))].map(codeOf)
    expect(await Promise.all(refused)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    expect(room.reads).toEqual(['invented'])
    expect(push.subscriptions).toHaveLength(0)
    await Promise.all([subscribe(visitor('vera')), subscribe(visitor('vera'))])
    expect(room.reads).toEqual(['invented', 'vera'])
    expect(push.open).toMatchObject([{ caller: visitor('vera') }])
  })

  it('opens nothing for a client that disconnects during that read', async () => {
    const client = new AbortController()
    const { push, hub, subscribe } = openHub({
      adapter: {
        isVerified: () => false,
        readRecentMessages: async (_roomId, _from, { signal }) => {
          client.abort()
          expect(signal.aborted).toBe(true)
          return { messages: [], from: null }
        },
      },
    })
    expect(await codeOf(subscribe(visitor('vera'), 'room', client.signal))).toBe('AbortError')
    await vi.advanceTimersByTimeAsync(0)
    expect(push.subscriptions).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
  })

  it('waits for five rooms at most with a token that no provider has accepted', async () => {
    const { push, subscribe } = openHub({ accepts: false, adapter: { isVerified: () => false } })
    const starts = ['a', 'b', 'c', 'd', 'e', 'f'].map((room) => codeOf(subscribe(visitor('invented'), room)))
    expect(await starts.at(-1)).toBe('RATE_LIMITED')
    await vi.advanceTimersByTimeAsync(0)
    expect(push.open).toHaveLength(5)
    await vi.advanceTimersByTimeAsync(START_TIMEOUT_MS)
    expect(await Promise.all(starts.slice(0, 5))).toEqual(Array(5).fill('PROVIDER_UNAVAILABLE'))
    expect(push.open).toHaveLength(0)
  })
})

describe('a running stream', () => {
  it('continues while the provider is down for a while, and delivers nothing of that time', async () => {
    const { push, subscribe } = openHub()
    const queue = await subscribe(operator)
    const receiver = push.open[0]?.receiver
    receiver?.onDown('The socket was closed.', false)
    receiver?.onSignal(typing('ann'))
    expect(drain(queue)).toEqual([])
    receiver?.onLive()
    receiver?.onSignal(typing('ann'))
    expect(drain(queue)).toEqual(['ann types'])
    expect(push.subscriptions).toHaveLength(1)
  })

  it.for([
    [undefined, 'PROVIDER_UNAVAILABLE'],
    [new ChatError('UNAUTHENTICATED', 'The token has expired.'), 'UNAUTHENTICATED'],
  ] as const)('ends when the provider gives up (%s), after what is queued', async ([error, code]) => {
    const { push, hub, subscribe } = openHub()
    const queues = [await subscribe(operator), await subscribe(operator)]
    push.push(typing('ann'))
    push.open[0]?.receiver.onDown('Do not reconnect.', true, error)
    for (const queue of queues) expect(drain(queue)).toEqual(['ann types', code])
    expect(push.open).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
  })

  it('ends without an error when the gateway closes, and one that waits to start too', async () => {
    const { push, hub, subscribe } = openHub()
    const queue = await subscribe(operator)
    push.onSubscribe = () => {}
    const waiting = codeOf(subscribe(visitor('one')))
    hub.close()
    expect(drain(queue)).toEqual(['end'])
    expect(await waiting).toBe('AbortError')
    expect(push.open).toHaveLength(0)
    expect(hub.counts).toEqual({ sources: 0, subscribers: 0 })
  })
})
