import { type RawData, WebSocket } from 'ws'
import type { KeepAliveTarget } from '../scheduling/keep-alive.ts'
import type { OpenConnection } from '../scheduling/open-connections.ts'

/** Receives the events of one socket. */
export interface SocketSession extends KeepAliveTarget, OpenConnection {
  receive(data: RawData): void
  onPong(): void
  /** Called when the socket starts to close, and again when it is closed. */
  onClose(): void
}

/**
 * A WebSocket that emits `closing` once, as soon as either side starts the closing handshake or the peer violates the
 * protocol. The library's `close` comes only when the connection is gone, which a peer that reads nothing can delay.
 */
export class ClosingSocket extends WebSocket {
  isClosing = false
  /** With these two all sockets share their listeners: closures for each socket would cost memory. */
  clientAddress: string | null = null
  session: SocketSession | null = null

  /** The library also calls this to answer the peer's close frame. */
  override close(code?: number, data?: string | Buffer): void {
    const isFirst = !this.isClosing
    this.isClosing = true
    super.close(code, data)
    if (isFirst) this.emit('closing')
  }
}
