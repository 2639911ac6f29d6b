import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const TEXT = 0x1
const PING = 0x9
const NO_MASK = Buffer.alloc(4)
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

/** A WebSocket client that only passes on the texts that it receives, so that its own cost does not distort the measurement. */
export class PlainSocket {
  readonly #socket: Socket
  readonly #onText: (text: Buffer) => void
  #rest: Buffer = Buffer.alloc(0)
  #isOpen = false

  constructor(url: string, onOpen: (socket: PlainSocket) => void, onText: (text: Buffer) => void) {
    const { hostname, port, pathname } = new URL(url)
    this.#onText = onText
    this.#socket = connect(Number(port), hostname)
    this.#socket.setNoDelay(true)
    this.#socket.on('error', () => {})
    this.#socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    )
    this.#socket.on('data', (chunk) => {
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
      if (!this.#isOpen) this.#open(onOpen)
      if (this.#isOpen) this.#readFrames()
    })
  }

  get isClosed(): boolean {
    return this.#socket.destroyed
  }

  send(message: unknown): void {
    const text = Buffer.from(JSON.stringify(message))
    const header =
      text.length < 126
        ? Buffer.from([0x81, 0x80 | text.length])
        : Buffer.from([0x81, 0xfe, text.length >> 8, text.length & 0xff])
    // A mask of zeros is valid, and needs no masking.
    this.#socket.write(Buffer.concat([header, NO_MASK, text]))
  }

  close(): void {
    this.#socket.destroy()
  }

  #open(onOpen: (socket: PlainSocket) => void): void {
    const end = this.#rest.indexOf('\r\n\r\n')
    if (end < 0) return
    this.#rest = this.#rest.subarray(end + 4)
    this.#isOpen = true
    onOpen(this)
  }

  #readFrames(): void {
    let at = 0
    for (;;) {
      const frame = frameAt(this.#rest, at)
      if (!frame) break
      if (frame.opcode === TEXT) this.#onText(this.#rest.subarray(frame.start, frame.end))
      if (frame.opcode === PING) this.#socket.write(PONG)
      at = frame.end
    }
    this.#rest = this.#rest.subarray(at)
  }
}

/** A new operation id, as client libraries choose them. */
export function newId(): string {
  return randomUUID()
}

function frameAt(bytes: Buffer, at: number): { opcode: number; start: number; end: number } | null {
  if (bytes.length < at + 2) return null
  const short = (bytes[at + 1] ?? 0) & 0x7f
  const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < at + headerLength) return null
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  const start = at + headerLength
  return bytes.length < start + length
    ? null
    : { opcode: (bytes[at] ?? 0) & 0x0f, start, end: start + length }
}
