import { describe, expect, it } from 'vitest'
import { ChatError } from '../../../src/domain/errors.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { queued, seen, typing } from '../../live/signals/signals.ts'
import { nextPayloads } from '../../server/shared-subscriptions/subscribers.ts'
import {
  openTransportServer,
  operatorCredentials,
  type TransportServer,
  visitorCredentials,
} from '../../server/shared-subscriptions/transport-server.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { FakePush } from '../../support/fake-push.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { SignalStatuses, Signals } from './signal-documents.ts'

/** A server whose push accepts every subscription to signals. */
async function openServerWithPush() {
  const push = new FakePush()
  push.onSubscribe = ({ receiver }) => receiver.onLive()
  const server = await openTransportServer({ adapter: { push } })
  return { push, server, operation: { query: Signals.toString(), variables: { room: server.roomId } } }
}

/** Subscribes on new sockets, with the id `1`; resolves when all are subscribed. */
async function subscribeOnSockets(
  server: TransportServer,
  credentials: readonly Readonly<Record<string, unknown>>[],
  query: string,
) {
  const before = server.hub.signals.counts.subscribers
  const sockets = await Promise.all(credentials.map((each) => connectAs(server.url, each)))
  for (const socket of sockets) socket.subscribe('1', { query, variables: { room: server.roomId } })
  await waitUntil(() => server.hub.signals.counts.subscribers === before + credentials.length)
  return sockets
}

const dataOf = (signal: object) => ({ data: { roomSignals: { room: { nativeId: 'room' }, ...signal } } })
const annTypes = {
  __typename: 'TypingSignal',
  participant: { nativeId: 'ann', role: 'AGENT', name: 'ann' },
  typing: true,
}

describe('roomSignals', () => {
  it('delivers typing, seen and queue over both transports, without a cursor', async () => {
    const { push, server, operation } = await openServerWithPush()
    const stream = await openEventStream(server.url, operation, operatorCredentials)
    const [socket] = await subscribeOnSockets(server, [operatorCredentials], operation.query)
    if (!socket) throw new Error('no socket')
    const expected = [
      annTypes,
      { ...annTypes, typing: false },
      {
        __typename: 'SeenSignal',
        participant: { nativeId: 'ann', role: 'AGENT' },
        upTo: '2026-01-01T10:00:00.000Z',
      },
      { __typename: 'QueueSignal', queue: { position: 3, estimatedWaitMs: null, since: null } },
      { __typename: 'QueueSignal', queue: null },
    ]
    const signals = [
      typing('ann'),
      typing('ann', false),
      seen('ann', '2026-01-01T10:00:00Z'),
      queued(3),
      queued(null),
    ]
    for (const [index, signal] of signals.entries()) {
      push.push(signal)
      expect(await nextPayloads(socket, 1)).toEqual([dataOf(expected[index] ?? {})])
      const { id, data } = await stream.next()
      expect(data).toEqual(dataOf(expected[index] ?? {}))
      expect(id).toBeNull()
    }
  })

  it('costs one subscription upstream and one execution for any number of subscribers, and no call', async () => {
    const { push, server } = await openServerWithPush()
    const query = SignalStatuses.toString()
    const sockets = await subscribeOnSockets(server, Array(20).fill(operatorCredentials), query)
    expect(push.open).toHaveLength(1)
    expect(server.subscriptions.shared.size).toBe(1)
    expect(server.room.reads).toEqual([])
    push.push(typing('ann'))
    for (const socket of sockets)
      expect(await nextPayloads(socket, 1)).toEqual([{ data: { roomSignals: { room: { status: 'OPEN' } } } }])
    expect(server.roomReads()).toBe(1)
    for (const { socket } of sockets) socket.terminate()
    await waitUntil(() => push.open.length === 0)
  })

  it('keeps subscribers with different credentials apart', async () => {
    const { push, server, operation } = await openServerWithPush()
    const sockets = await subscribeOnSockets(
      server,
      [operatorCredentials, visitorCredentials('visitor-one'), visitorCredentials('visitor-two')],
      operation.query,
    )
    expect(push.open.map(({ caller }) => caller.role).toSorted()).toEqual(['OPERATOR', 'VISITOR', 'VISITOR'])
    expect(server.subscriptions.shared.size).toBe(3)
    for (const { caller, receiver } of push.open)
      receiver.onSignal(typing(caller.role === 'VISITOR' ? `agent of ${caller.token}` : 'ann in private'))
    const names = await Promise.all(
      sockets.map(async (socket) => JSON.stringify(await nextPayloads(socket, 1))),
    )
    expect(names.map((text) => /"name":"([^"]+)"/.exec(text)?.[1])).toEqual([
      'ann in private',
      'agent of visitor-one',
      'agent of visitor-two',
    ])
  })

  it('a client that does not read receives the newest state of each participant, and others are not delayed', async () => {
    const { push, server, operation } = await openServerWithPush()
    const [slow, fast] = await subscribeOnSockets(server, Array(2).fill(operatorCredentials), operation.query)
    if (!slow || !fast) throw new Error('no sockets')
    slow.socket.pause()
    // Twenty megabytes are more than the system buffers for a client.
    const names = Array.from({ length: 20 }, (_, index) => `agent ${index} ${'x'.repeat(500_000)}`)
    for (const isTyping of [true, false]) {
      for (const name of names) {
        push.push(typing(name, isTyping))
        await nextPayloads(fast, 1)
      }
    }
    slow.socket.resume()
    const states = new Map<string, boolean>()
    let received = 0
    while (states.size < names.length || [...states.values()].includes(true)) {
      const [payload] = await nextPayloads(slow, 1)
      const { participant, typing: isTyping } = Object(payload).data.roomSignals
      states.set(participant.name, isTyping)
      received += 1
    }
    expect(received).toBeLessThan(2 * names.length)
    expect(push.open).toHaveLength(1)
  })

  it.for([
    [
      'no such room',
      'NOT_FOUND',
      (push: FakePush) => {
        push.onSubscribe = ({ receiver }) =>
          receiver.onDown(
            'not allowed',
            true,
            new ChatError('NOT_FOUND', 'No such room.', { provider: 'rocketchat' }),
          )
      },
    ],
    [
      'no push for this caller',
      'UNSUPPORTED',
      (push: FakePush) => {
        push.denialReason = () => 'Agents have no push here.'
      },
    ],
  ] as const)('fails with the reason: %s', async ([, code, prepare]) => {
    const { push, server, operation } = await openServerWithPush()
    prepare(push)
    const failure = { errors: [{ path: ['roomSignals'], extensions: { code, provider: 'rocketchat' } }] }
    const socket = await connectAs(server.url, operatorCredentials)
    socket.subscribe('1', operation)
    expect(await socket.next()).toMatchObject({ type: 'next', payload: failure })
    expect(await socket.next()).toMatchObject({ type: 'complete' })
    const stream = await openEventStream(server.url, operation, operatorCredentials)
    expect((await stream.next()).data).toMatchObject(failure)
    expect(server.hub.signals.counts).toEqual({ sources: 0, subscribers: 0 })
  })

  it('needs a credential, and the id of a room', async () => {
    const { push, server, operation } = await openServerWithPush()
    const anonymous = await connectAs(server.url, {})
    anonymous.subscribe('1', operation)
    expect(await anonymous.next()).toMatchObject({
      payload: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    })
    const socket = await connectAs(server.url, operatorCredentials)
    socket.subscribe('1', { ...operation, variables: { room: 'no id' } })
    expect(await socket.next()).toMatchObject({
      payload: { errors: [{ extensions: { code: 'INVALID_INPUT', field: 'roomId' } }] },
    })
    socket.subscribe('2', {
      ...operation,
      variables: { room: encodeId({ type: 'Room', provider: 'nowhere', roomId: 'room' }) },
    })
    await socket.next()
    expect(await socket.next()).toMatchObject({
      payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    })
    expect(push.subscriptions).toHaveLength(0)
  })

  it('ends with the error when the provider refuses the credential later', async () => {
    const { push, server, operation } = await openServerWithPush()
    const [socket] = await subscribeOnSockets(server, [visitorCredentials('one')], operation.query)
    push.open[0]?.receiver.onDown('expired', true, new ChatError('UNAUTHENTICATED', 'The token has expired.'))
    expect(await socket?.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })
})
