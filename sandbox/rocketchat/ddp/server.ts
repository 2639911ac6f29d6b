import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Message } from '../model.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { endSession, handleFrame } from './protocol.ts'
import { emitMessage } from './room-messages.ts'
import { DdpSession } from './session.ts'
import { Streams } from './streams.ts'

/** The DDP side of the emulator, on the HTTP server of its REST API. */
export interface DdpServer {
  /** Takes over a connection that asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Starts the emulator of Rocket.Chat's DDP (docs/providers/rocketchat.md 7.2 and 21) at `/websocket`. */
export function startDdpServer(workspace: Workspace): DdpServer {
  const streams = new Streams()
  const context = { workspace, streams }
  const server = new WebSocketServer({ noServer: true })
  server.on('connection', (socket) => {
    const send = (frame: object): void => socket.send(JSON.stringify(frame))
    const session = new DdpSession({
      reply: send,
      push: send,
      close: (code, reason) => socket.close(code, reason),
    })
    socket.on('message', (data) => handleFrame(context, session, String(data)))
    socket.on('close', () => endSession(context, session))
    socket.on('error', () => socket.terminate())
  })
  const emit = (message: Message): void => emitMessage(workspace, streams, message)
  const emitMarked = ({ _id }: Message): void => {
    // Only a message that is kept as `rm` shows its deletion here.
    const kept = workspace.messages.get(_id)
    if (kept) emit(kept)
  }
  workspace.events.on('message', emit)
  workspace.events.on('edited', emit)
  workspace.events.on('touched', emit)
  workspace.events.on('deleted', emitMarked)
  return {
    upgrade(request, socket, head) {
      if (request.url !== '/websocket') socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
      else server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request))
    },
    close() {
      for (const client of server.clients) client.terminate()
      workspace.events.off('message', emit)
      workspace.events.off('edited', emit)
      workspace.events.off('touched', emit)
      workspace.events.off('deleted', emitMarked)
    },
  }
}
