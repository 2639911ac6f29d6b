import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import {
  operatorCredentials,
  type TransportServer,
} from '../../server/shared-subscriptions/transport-server.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs, type RawSocket } from '../../support/raw-socket.ts'

/** An account whose next poll returns the activity that the test sets. */
export function createScriptedAccount() {
  let rooms: readonly ActiveRoom[] = []
  let complete = true
  let polls = 0
  const roomActivity: ChatAdapter['readRoomActivity'] = async () => {
    polls += 1
    const received = { rooms, syncToken: '', isComplete: complete }
    rooms = []
    complete = true
    return received
  }
  return {
    roomActivity,
    /** Sets the activity of the next poll, and waits until it was published. */
    async publish(server: TransportServer, activeRooms: readonly ActiveRoom[], isAll = true): Promise<void> {
      rooms = activeRooms
      complete = isAll
      const before = polls
      server.hub.requestPoll('rocketchat', activeRooms[0]?.roomId ?? '')
      await waitUntil(() => polls > before)
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** Opens sockets of an operator with one subscription each, with the id `1`; resolves when all have started. */
export async function openOperatorSockets(
  url: string,
  count: number,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<readonly RawSocket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => connectAs(url, operatorCredentials)))
  for (const socket of sockets) {
    socket.subscribe('1', { query, variables })
    // The server handles messages in order.
    socket.send({ type: 'ping' })
  }
  for (const socket of sockets) {
    const { type } = await socket.next()
    if (type !== 'pong') throw new Error(`${type} instead of a pong`)
  }
  return sockets
}
