import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { message } from '../../live/message-builders.ts'
import type { RawSocket } from '../../support/raw-socket.ts'
import { Messages } from '../shared-subscriptions/documents.ts'
import { nextPayloads, openSubscribers } from '../shared-subscriptions/subscribers.ts'
import { openTransportServer, operatorCredentials } from '../shared-subscriptions/transport-server.ts'

const INTERVAL_MS = 12_000
const ROUNDS = 8

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

it.for([
  { what: 'receives nothing at every interval', isBusy: false, pings: ROUNDS },
  { what: 'receives events at every fourth interval', isBusy: true, pings: ROUNDS / 4 },
])('pings a client that $what', async ({ isBusy, pings }) => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const [client] = await openSubscribers(server, 1, operatorCredentials, Messages.toString(), variables)
  if (!client) throw new Error('nobody listens')
  const onPing = vi.fn()
  client.socket.on('ping', onPing)
  for (let round = 0; round < ROUNDS; round += 1) {
    if (isBusy) {
      server.addMessages(message(`m${round}`, Date.now() + 1_000 + round))
      await nextPayloads(client, 1)
    }
    vi.advanceTimersByTime(INTERVAL_MS)
    await exchange(client)
    // The pong to a ping that came before the first exchange reaches the server before the second.
    await exchange(client)
  }
  expect(onPing).toHaveBeenCalledTimes(pings)
})

/** A message and its answer: everything that the server sent before has arrived. */
async function exchange({ send, next }: RawSocket): Promise<void> {
  send({ type: 'ping' })
  expect((await next()).type).toBe('pong')
}
