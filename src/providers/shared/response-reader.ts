import type { Logger } from 'pino'
import type { ResponseBody } from '../../upstream/response-body.ts'
import { UnreadableResponse } from './errors.ts'
import { UnreadableField } from './read-document.ts'
import type { ResponseFormat } from './response-format.ts'

/** Options for reading a body; unused if its result is memoized. */
export interface ReadOptions {
  /** Names the request, without ids. */
  readonly source: string
  readonly log: Logger
  /** Returns the document in the body; its JSON by default. */
  readonly toDocument?: () => unknown
}

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

  /** Reads a body once for all its callers. Throws UnreadableResponse if a required field is missing. */
  read<T>(format: ResponseFormat<T>, body: ResponseBody, { source, log, toDocument }: ReadOptions): T {
    const unreadableFields = new Set<string>()
    try {
      return format.read(body, toDocument ?? (() => body.json), unreadableFields)
    } catch (error) {
      if (!(error instanceof UnreadableField)) throw error
      throw new UnreadableResponse('a response of another shape', { cause: error })
    } finally {
      for (const field of unreadableFields) this.#logOnce(source, field, log)
    }
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
