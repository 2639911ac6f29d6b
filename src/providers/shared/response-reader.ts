import type { Logger } from 'pino'
import type { z } from 'zod'
import { UnreadableResponse } from './errors.ts'
import { readNoting } from './response.ts'

/**
 * Reads a provider's answers. An item that cannot be read is left out of its list, and the log told once for each
 * field that was the reason: a poller would tell it anew with every look.
 */
export class ResponseReader {
  readonly #provider: string
  readonly #told = new Set<string>()

  /** `provider` is the configured name. */
  constructor(provider: string) {
    this.#provider = provider
  }

  /** `source` names the call, without ids. Throws UnreadableAnswer where not even the frame is as documented. */
  read<T extends z.ZodType>(answer: T, value: unknown, source: string, log: Logger): z.output<T> {
    const { parsed, fields } = readNoting(answer, value)
    for (const field of fields) this.#tell(source, field, log)
    if (parsed.success) return parsed.data
    throw new UnreadableResponse('an answer of another shape', { cause: parsed.error })
  }

  #tell(source: string, field: string, log: Logger): void {
    const key = JSON.stringify([source, field])
    if (this.#told.has(key)) return
    this.#told.add(key)
    log.warn({ provider: this.#provider, source, field }, 'left out what could not be understood')
  }
}
