import { WebSocket } from 'ws'
import { type Line, type LineEvents, type LineRequest, once } from './line.ts'

/** Subscribes over graphql-transport-ws. */
export function openSocketLine(request: LineRequest, events: LineEvents): Line {
  const socket = new WebSocket(request.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const send = (message: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const end = once(events.ended)
  socket.on('open', () => send({ type: 'connection_init', payload: request.credential }))
  socket.on('message', (data) => {
    const text = String(data)
    const { type, payload } = JSON.parse(text) as { readonly type: string; readonly payload?: unknown }
    if (type === 'connection_ack') {
      const { query, variables } = request
      send({ id: '1', type: 'subscribe', payload: { query, variables } })
    }
    if (type === 'ping') send({ type: 'pong' })
    if (type === 'next') events.answer(JSON.stringify(payload), null)
    if (type === 'error') end(JSON.stringify(payload))
    if (type === 'complete') end('complete')
    if (type === 'error' || type === 'complete') socket.close()
  })
  socket.on('error', (error) => end(String(error)))
  socket.on('close', (code) => end(`closed with ${code}`))
  return {
    leave(how) {
      // Who does not read never sees the answer to its close: the connection would stay half open.
      if (socket.isPaused && how !== 'cut') socket.resume()
      if (how === 'complete') send({ id: '1', type: 'complete' })
      if (how === 'cut') socket.terminate()
      else socket.close()
      end(how)
    },
    pause: () => {
      if (socket.readyState === WebSocket.OPEN) socket.pause()
    },
    readOn: () => {
      if (socket.isPaused) socket.resume()
    },
  }
}
