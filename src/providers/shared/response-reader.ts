import type { Logger } from 'pino'
import type { z } from 'zod'
import { UnreadableResponse } from './errors.ts'
import { parseResponse } from './response.ts'

/**
 * Reads a provider's responses. An item that cannot be read is left out of its list; each field that causes this is logged
 * once, since every poll would log it again.
 */
export class ResponseReader {
  readonly #provider: string
  readonly #logged = new Set<string>()

  /** `provider` is the configured name. */
  constructor(provider: string) {
    this.#provider = provider
  }

  /** `source` names the request, without ids. Throws UnreadableResponse if not even the frame is as documented. */
  read<T extends z.ZodType>(schema: T, value: unknown, source: string, log: Logger): z.output<T> {
    const { parsed, unreadableFields } = parseResponse(schema, value)
    for (const field of unreadableFields) this.#logOnce(source, field, log)
    if (parsed.success) return parsed.data
    throw new UnreadableResponse('a response of another shape', { cause: parsed.error })
  }

  #logOnce(source: string, field: string, log: Logger): void {
    const key = JSON.stringify([source, field])
    if (this.#logged.has(key)) return
    this.#logged.add(key)
    log.warn(
      { provider: this.#provider, source, field },
      'left out items of a response that could not be read',
    )
  }
}
