import { Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SharedResult } from '../../../src/server/shared-subscriptions/shared-result.ts'
import { encodeNextFrame } from '../../../src/server/websocket/next-frame.ts'

/** A connection that reads its bytes at once, or only on request. */
class Connection extends Writable {
  readonly #chunks: Buffer[] = []
  readonly #isSlow: boolean
  #sent: () => void = () => {}

  constructor(isSlow: boolean) {
    super({ highWaterMark: 1 })
    this.#isSlow = isSlow
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const send = (): void => {
      // Copied only now, as the operating system does.
      this.#chunks.push(Buffer.from(chunk))
      done()
    }
    if (this.#isSlow) this.#sent = send
    else send()
  }

  read(): Buffer {
    while (this.writableLength > 0) this.#sent()
    return Buffer.concat(this.#chunks)
  }
}

const payload = JSON.stringify({ data: { text: 'Grüße' } })

function nextMessages(bytes: Buffer): readonly unknown[] {
  const messages: unknown[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const [start, length] = short < 126 ? [at + 2, short] : [at + 4, bytes.readUInt16BE(at + 2)]
    messages.push(JSON.parse(bytes.subarray(start, start + length).toString()))
    at = start + length
  }
  return messages
}

it('gives every client the frame with its own id, also where bytes wait for a client', () => {
  const id = fc.oneof(fc.constantFrom('1', '2', 'ü', '"', '\u2028'), fc.uuid(), fc.string())
  const client = fc.record({ id, isSlow: fc.boolean(), times: fc.integer({ min: 1, max: 3 }) })
  fc.assert(
    fc.property(fc.array(client, { maxLength: 12 }), (clients) => {
      const result = new SharedResult(Buffer.from(payload), null)
      const connections = clients.map(({ isSlow }) => new Connection(isSlow))
      for (const [index, { id: operationId, times }] of clients.entries()) {
        const connection = connections[index]
        if (!connection) continue
        for (let time = 0; time < times; time += 1)
          result.encode(encodeNextFrame).writeTo(connection, operationId)
      }
      expect(connections.map((connection) => nextMessages(connection.read()))).toEqual(
        clients.map(({ id: operationId, times }) =>
          Array.from({ length: times }, () => ({
            id: operationId,
            type: 'next',
            payload: JSON.parse(payload),
          })),
        ),
      )
    }),
  )
})
