import { WebSocket } from 'ws'

/**
 * A socket that says `closing` as soon as either side begins the closing handshake, or the peer breaks the protocol:
 * the library's `close` comes only when the connection is gone, which a peer that reads nothing can put off.
 */
export class ClosingSocket extends WebSocket {
  isClosing = false

  /** The library comes through here too when it answers the peer's own close frame. */
  override close(code?: number, data?: string | Buffer): void {
    this.isClosing = true
    super.close(code, data)
    this.emit('closing')
  }
}
