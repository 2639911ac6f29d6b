import type { DocumentReader, UnreadableFields } from './read-document.ts'

/** How the document of a response is read. */
export class ResponseFormat<T> {
  readonly #read: DocumentReader<T>

  constructor(read: DocumentReader<T>) {
    this.#read = read
  }

  /** Reads the parsed JSON of a body. Throws UnreadableField if not even its frame is as documented. */
  read(value: unknown, unreadableFields: UnreadableFields): T {
    return this.#read(value, unreadableFields)
  }
}

/** A response of which only the success matters. */
export const emptyResponse = new ResponseFormat(() => null)
