import { JsonText } from './json-text.ts'

interface Entry {
  readonly reuseKey: string
  /** Null while it has been selected only once. */
  readonly text: JsonText | null
}

/**
 * The serialized form of objects that never change, and of lists of them, for the last selection of each. Providers' messages
 * are the identical objects as long as the provider's response is the same (`ResponseBody`), and dashboards ask for the same
 * again and again. A text is kept from the second time on, and as long as its object is in use.
 */
export class ObjectTexts {
  readonly #entries = new WeakMap<object, Entry>()

  /** Finds the text of an object or list; null if there is none for selections with this key. */
  find(value: object, reuseKey: string): JsonText | null {
    const entry = this.#entries.get(value)
    return entry?.reuseKey === reuseKey ? entry.text : null
  }

  /** Records the result of a selection. Returns its text from the second time on, else null. */
  record(value: object, reuseKey: string, result: unknown): JsonText | null {
    const isRepeated = this.#entries.get(value)?.reuseKey === reuseKey
    const text = isRepeated ? new JsonText(JSON.stringify(result)) : null
    this.#entries.set(value, { reuseKey, text })
    return text
  }
}

/** The texts in the result of one execution. */
export class TextReuse {
  readonly #texts: ObjectTexts
  #isUsed = false

  constructor(texts: ObjectTexts) {
    this.#texts = texts
  }

  /** Whether the result contains a text. */
  get isUsed(): boolean {
    return this.#isUsed
  }

  /** Finds the text of an object or list; null if there is none for selections with this key. */
  find(value: object, reuseKey: string): JsonText | null {
    return this.#use(this.#texts.find(value, reuseKey))
  }

  /** Records the result of a selection. Returns its text from the second time on, else null. */
  record(value: object, reuseKey: string, result: unknown): JsonText | null {
    return this.#use(this.#texts.record(value, reuseKey, result))
  }

  #use(text: JsonText | null): JsonText | null {
    if (text) this.#isUsed = true
    return text
  }
}
