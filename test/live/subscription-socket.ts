import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

/** A bare graphql-transport-ws socket of a visitor, past its connection_ack. Terminated when the test is over. */
export async function openVisitorSocket(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { visitorToken: token } }))
  await once(socket, 'message')
  return socket
}
