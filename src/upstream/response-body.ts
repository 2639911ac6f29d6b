/**
 * The body of a response. Repeated reads whose bodies have equal bytes give the identical object (`RepeatedBodies`), so that
 * what is made from a body can be kept by it.
 */
export class ResponseBody {
  readonly bytes: Buffer
  #json: { readonly value: unknown } | null = null

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** The body as UTF-8, decoded at each call. */
  get text(): string {
    return this.bytes.toString()
  }

  /** The parsed body, parsed once until it is released; undefined if it is not JSON. */
  get json(): unknown {
    this.#json ??= { value: parse(this.text) }
    return this.#json.value
  }

  /** Frees the memory of the parsed body, once it was read: only a fraction of a document is needed. */
  releaseJson(): void {
    this.#json = null
  }
}

/** Any depth of nesting is accepted: `JSON.parse` does not recurse, and neither does what reads a provider's documents. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
