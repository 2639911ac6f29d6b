import type { ActiveRoom, ChatAdapter } from '../../../src/domain/adapter.ts'
import {
  operatorCredentials,
  type TransportServer,
} from '../../server/shared-subscriptions/transport-server.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs, type RawSocket } from '../../support/raw-socket.ts'

/** An account that tells what the test puts into its mouth, at its next look. */
export function createScriptedAccount() {
  let rooms: readonly ActiveRoom[] = []
  let complete = true
  let looks = 0
  const roomActivity: ChatAdapter['readRoomActivity'] = async () => {
    looks += 1
    const told = { rooms, syncToken: '', isComplete: complete }
    rooms = []
    complete = true
    return told
  }
  return {
    roomActivity,
    /** Has the gateway look, and waits until what happened in these rooms was told, or not all of it could be. */
    async tell(server: TransportServer, happened: readonly ActiveRoom[], isAll = true): Promise<void> {
      rooms = happened
      complete = isAll
      const before = looks
      server.hub.requestPoll('rocketchat', happened[0]?.roomId ?? '')
      await waitUntil(() => looks > before)
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** Sockets of an operator that each have one subscription, under the id `1`; resolves when all have begun. */
export async function openOperatorSockets(
  url: string,
  count: number,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<readonly RawSocket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => connectAs(url, operatorCredentials)))
  for (const socket of sockets) {
    socket.subscribe('1', { query, variables })
    // What was sent before is taken before.
    socket.send({ type: 'ping' })
  }
  for (const socket of sockets) {
    const { type } = await socket.next()
    if (type !== 'pong') throw new Error(`${type} in place of a pong`)
  }
  return sockets
}
