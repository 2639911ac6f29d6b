import { textFrame } from '../websocket/text-frame.ts'

/** What came of executing an operation for one event: written down once, for however many subscribers. */
export class SharedResult {
  /** The JSON text of the GraphQL response. */
  readonly payload: Buffer
  /** Where a subscriber goes on behind it; null where nothing was begun. */
  readonly cursor: string | null
  #framed: { readonly id: string; readonly frame: Buffer } | null = null
  #sent: Buffer | null = null

  constructor(payload: Buffer, cursor: string | null) {
    this.payload = payload
    this.cursor = cursor
  }

  /** The WebSocket frame of a `next` message of this subscription id. Equal ids in a row get the same bytes. */
  frame(id: string): Buffer {
    if (this.#framed?.id !== id) this.#framed = { id, frame: textFrame(openingOf(id), this.payload, '}') }
    return this.#framed.frame
  }

  /** The text of a `next` message, for a socket that compresses what it sends. */
  message(id: string): string {
    return `${openingOf(id)}${this.payload.toString()}}`
  }

  /** The server-sent event, which is the same for everybody. */
  get event(): Buffer {
    const id = this.cursor === null ? '' : `id: ${this.cursor}\n`
    this.#sent ??= Buffer.concat([Buffer.from(`event: next\n${id}data: `), this.payload, Buffer.from('\n\n')])
    return this.#sent
  }
}

function openingOf(id: string): string {
  return `{"id":${JSON.stringify(id)},"type":"next","payload":`
}
