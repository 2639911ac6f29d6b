import { JsonText } from './json-text.ts'
import type { Selection } from './operation-plan.ts'

interface Entry {
  readonly selection: Selection
  /** Null while the object has been selected only once. */
  readonly text: JsonText | null
}

/**
 * The serialized form of objects that never change, for the last selection of each. Providers' messages are the identical
 * objects as long as the provider's response is the same (`ResponseBody`), and dashboards ask for the same again and again. A
 * text is kept from the second time on, and as long as its object is in use.
 */
export class ObjectTexts {
  readonly #entries = new WeakMap<object, Entry>()

  /** Finds the text of an object; null if there is none for this selection. */
  find(object: object, selection: Selection): JsonText | null {
    const entry = this.#entries.get(object)
    return entry?.selection === selection ? entry.text : null
  }

  /** Records what was selected of an object. */
  record(object: object, selection: Selection, data: object): void {
    const isRepeated = this.#entries.get(object)?.selection === selection
    const text = isRepeated ? new JsonText(JSON.stringify(data)) : null
    this.#entries.set(object, { selection, text })
  }
}
