import { WebSocket } from 'ws'

/**
 * A WebSocket that emits `closing` as soon as either side starts the closing handshake, or the peer violates the
 * protocol. The library's `close` comes only when the connection is gone, which a peer that reads nothing can delay.
 */
export class ClosingSocket extends WebSocket {
  isClosing = false

  /** The library also calls this to answer the peer's close frame. */
  override close(code?: number, data?: string | Buffer): void {
    this.isClosing = true
    super.close(code, data)
    this.emit('closing')
  }
}
