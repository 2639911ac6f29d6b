import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'

const TEXT = 0x81
const CLOSE = 0x88

/** Opens a connection after its WebSocket handshake, whose frames are not read. Destroyed at the end of the test. */
export async function openUnreadSocket(url: string): Promise<Socket> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'sec-websocket-protocol': 'graphql-transport-ws',
  }
  const asking = request(url, { headers }).end()
  const [, socket]: [unknown, Socket] = (await once(asking, 'upgrade')) as [unknown, Socket]
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

/** Encodes a message as a frame of a client. */
export function maskedFrame(message: unknown): Buffer {
  return masked(TEXT, Buffer.from(JSON.stringify(message)))
}

/** A close frame with the code of a normal end. */
export function closeFrame(): Buffer {
  return masked(CLOSE, Buffer.from([1000 >> 8, 1000 & 0xff]))
}

/** Encodes a frame with a mask of zeros and the shortest length (RFC 6455, 5.2). */
function masked(opcode: number, payload: Buffer): Buffer {
  const isShort = payload.length <= 125
  const header = Buffer.alloc(isShort ? 6 : 14)
  header[0] = opcode
  header[1] = 0x80 | (isShort ? payload.length : 127)
  if (!isShort) header.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([header, payload])
}
