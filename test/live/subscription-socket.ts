import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

/** Opens a plain graphql-transport-ws socket of a visitor, after its connection_ack. It is terminated after the test. */
export async function openVisitorSocket(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { visitorToken: token } }))
  await once(socket, 'message')
  return socket
}
