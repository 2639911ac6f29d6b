import { describe, expect, it } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import type { SharedResult } from '../../../src/server/shared-subscriptions/shared-result.ts'
import { SharedStream } from '../../../src/server/shared-subscriptions/shared-stream.ts'
import { nextPayloads } from '../../server/shared-subscriptions/subscribers.ts'
import {
  createOpenRoom,
  openTransportServer,
  operatorCredentials,
} from '../../server/shared-subscriptions/transport-server.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { Activity } from '../account-documents.ts'
import { createScriptedAccount, openOperatorSockets } from './dashboards.ts'

const query = Activity.toString()
const unread = (roomId: string): ActiveRoom => ({ roomId, room: null })
const activityOf = (nativeId: string) => ({ data: { roomActivity: { nativeId, status: 'OPEN' } } })

describe('dashboards with the same subscription', () => {
  it('cost as much as one: each delivered room is resolved once, over whatever transport', async () => {
    const account = createScriptedAccount()
    const server = await openTransportServer({ adapter: { readRoomActivity: account.roomActivity } })
    const stream = await openEventStream(
      server.url,
      { query, variables: { providers: null } },
      operatorCredentials,
    )
    const sockets = await openOperatorSockets(server.url, 20, query, { providers: null })
    expect(server.subscriptions.shared.size).toBe(1)
    await account.publish(server, [unread('a'), unread('b'), unread('c')])
    for (const socket of sockets)
      expect(await nextPayloads(socket, 3)).toMatchObject([activityOf('a'), activityOf('b'), activityOf('c')])
    const { id, data } = await stream.next()
    expect(data).toMatchObject(activityOf('a'))
    // There is no cursor: a client that comes back lists the rooms again.
    expect(id).toBeNull()
    expect(server.roomReads()).toBe(3)
  })

  it('are not shared with subscriptions to other providers or with another selection', async () => {
    const account = createScriptedAccount()
    const server = await openTransportServer({ adapter: { readRoomActivity: account.roomActivity } })
    await openOperatorSockets(server.url, 2, query, { providers: null })
    await openOperatorSockets(server.url, 2, query, { providers: ['rocketchat'] })
    await openOperatorSockets(server.url, 2, 'subscription { roomActivity { id } }')
    expect(server.subscriptions.shared.size).toBe(3)
  })

  it('each receive the error of incomplete activity, and can subscribe again', async () => {
    const account = createScriptedAccount()
    const server = await openTransportServer({ adapter: { readRoomActivity: account.roomActivity } })
    const sockets = await openOperatorSockets(server.url, 3, query, { providers: null })
    await account.publish(server, [unread('a')], false)
    for (const socket of sockets) {
      expect(await nextPayloads(socket, 1)).toMatchObject([activityOf('a')])
      expect(await socket.next()).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'RATE_LIMITED', provider: 'rocketchat' } }],
      })
    }
    expect(server.subscriptions.shared.size).toBe(0)
    const [again] = await openOperatorSockets(server.url, 1, query, { providers: null })
    await account.publish(server, [unread('b')])
    expect(again && (await nextPayloads(again, 1))).toMatchObject([activityOf('b')])
  })

  it('each receive a room once in its latest state after they could not read', async () => {
    const account = createScriptedAccount()
    const server = await openTransportServer({ adapter: { readRoomActivity: account.roomActivity } })
    const tagged = 'subscription { roomActivity { nativeId tags } }'
    const [quick] = await openOperatorSockets(server.url, 1, tagged)
    const caller = createOperatorCaller('tester')
    const { shared } = server.subscriptions
    const parsed = shared.parseSubscription(caller, '127.0.0.1', { query: tagged })
    const operation =
      parsed && 'footprint' in parsed ? shared.findOrCreate(caller, '127.0.0.1', parsed) : null
    if (!operation || !quick) throw new Error('a dashboard can be shared')
    const client = new StalledClient()
    await new SharedStream(operation, server.subscriptions.outbound, client).start({
      variables: {},
      resumeAfter: null,
      clientAddress: '',
    })
    expect(server.subscriptions.shared.size).toBe(1)
    const now = (roomId: string, tag: string) => ({
      roomId,
      room: { ...createOpenRoom(roomId), tags: [tag] },
    })
    await account.publish(server, [now('a', 'first')])
    // Published together: a result of the first poll might be too old to be used again.
    await account.publish(server, [now('a', 'second'), now('b', 'only')])
    const received = (nativeId: string, tag: string) => ({
      data: { roomActivity: { nativeId, tags: [tag] } },
    })
    expect(await nextPayloads(quick, 3)).toEqual([
      received('a', 'first'),
      received('a', 'second'),
      received('b', 'only'),
    ])
    expect(await client.resumeReading(2)).toEqual([received('a', 'second'), received('b', 'only')])
    expect(client.writtenTogether).toBe(2)
  })
})

/** A client whose connection is full until it reads again. */
class StalledClient {
  isFull = true
  /** Number of results in the last burst. */
  writtenTogether = 0
  #corkedAt = 0
  readonly #results: unknown[] = []
  #resume: () => void = () => {}
  #onReceived: () => void = () => {}

  onDrain(resume: () => void): void {
    this.#resume = resume
  }

  next({ payload }: SharedResult): void {
    this.#results.push(JSON.parse(payload.toString()))
    this.#onReceived()
  }

  cork(): void {
    this.#corkedAt = this.#results.length
  }

  uncork(): void {
    this.writtenTogether = this.#results.length - this.#corkedAt
  }

  fail(error: unknown): void {
    this.#results.push(error)
    this.#onReceived()
  }

  complete(): void {
    this.#results.push('complete')
    this.#onReceived()
  }

  /** Reads; gives the results when there are this many. */
  async resumeReading(count: number): Promise<readonly unknown[]> {
    this.isFull = false
    this.#resume()
    while (this.#results.length < count) {
      await new Promise<void>((resolve) => {
        this.#onReceived = resolve
      })
    }
    return this.#results
  }
}
