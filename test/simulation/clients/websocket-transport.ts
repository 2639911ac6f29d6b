import { WebSocket } from 'ws'
import { once, type SubscriptionRequest, type Transport, type TransportHandlers } from './transport.ts'

/** Subscribes over graphql-transport-ws. */
export function openWebSocketTransport(request: SubscriptionRequest, events: TransportHandlers): Transport {
  const socket = new WebSocket(request.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const send = (message: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const end = once(events.onEnd)
  socket.on('open', () => send({ type: 'connection_init', payload: request.credential }))
  socket.on('message', (data) => {
    const text = String(data)
    const { type, payload } = JSON.parse(text) as { readonly type: string; readonly payload?: unknown }
    if (type === 'connection_ack') {
      const { query, variables } = request
      send({ id: '1', type: 'subscribe', payload: { query, variables } })
    }
    if (type === 'ping') send({ type: 'pong' })
    if (type === 'next') events.onResult(JSON.stringify(payload), null)
    if (type === 'error') end(JSON.stringify(payload))
    if (type === 'complete') end('complete')
    if (type === 'error' || type === 'complete') socket.close()
  })
  socket.on('error', (error) => end(String(error)))
  socket.on('close', (code) => end(`closed with ${code}`))
  return {
    disconnect(how) {
      // A client that does not read never sees the answer to its close frame: the connection would stay half open.
      if (socket.isPaused && how !== 'cut') socket.resume()
      if (how === 'complete') send({ id: '1', type: 'complete' })
      if (how === 'cut') socket.terminate()
      else socket.close()
      end(how)
    },
    pause: () => {
      if (socket.readyState === WebSocket.OPEN) socket.pause()
    },
    resume: () => {
      if (socket.isPaused) socket.resume()
    },
  }
}
