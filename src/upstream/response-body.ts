/**
 * The body of a response. Repeated reads whose bodies have equal bytes give the identical object (`RepeatedBodies`), so that
 * results can be memoized per body.
 */
export class ResponseBody {
  #chunks: readonly Buffer[]
  #json: { readonly value: unknown } | null = null

  /** The chunks in which the bytes arrived. */
  constructor(chunks: readonly Buffer[]) {
    this.#chunks = chunks
  }

  /** The bytes, joined at the first call. */
  get bytes(): Buffer {
    const [first] = this.#chunks
    if (first !== undefined && this.#chunks.length === 1) return first
    const joined = Buffer.concat(this.#chunks)
    this.#chunks = [joined]
    return joined
  }

  /** Whether the bytes are equal. The chunks of this body are not joined: most repeated bodies are dropped after this. */
  equals({ bytes }: ResponseBody): boolean {
    let start = 0
    for (const chunk of this.#chunks) {
      const end = start + chunk.length
      if (end > bytes.length || bytes.compare(chunk, 0, chunk.length, start, end) !== 0) return false
      start = end
    }
    return start === bytes.length
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
