import type { ResponseBody } from '../../upstream/response-body.ts'
import { Memo } from './memo.ts'
import type { DocumentReader, UnreadableFields } from './read-document.ts'

/** Reads the document of a response. Results are memoized per body: equal bodies give the identical object. */
export class ResponseFormat<T> {
  readonly #read: DocumentReader<T>
  readonly #results = new Memo<ResponseBody, T>()

  constructor(read: DocumentReader<T>) {
    this.#read = read
  }

  /**
   * Reads a body once; `toDocument` returns its parsed JSON. Throws what `toDocument` throws, and UnreadableField if a
   * required field of the response is missing.
   */
  read(body: ResponseBody, toDocument: () => unknown, unreadableFields: UnreadableFields): T {
    return this.#results.get(body, [], () => {
      const result = this.#read(toDocument(), unreadableFields)
      body.releaseJson()
      return result
    })
  }
}

/** A response of which only the success matters. */
export const emptyResponse = new ResponseFormat(() => null)
