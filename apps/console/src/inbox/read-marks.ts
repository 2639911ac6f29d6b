import * as z from 'zod/mini'

const marks = z.record(z.string(), z.string())
/** Older marks than this many are forgotten. */
const KEPT = 1_000

/** Times up to which the operator has read each room, kept in this browser and shared by its tabs. */
export class ReadMarks {
  readonly #storedAs: string
  readonly #listeners = new Set<() => void>()
  #readAt: Readonly<Record<string, string>>

  /** `operator` is the operator's name: several operators may use one browser. */
  constructor(operator: string) {
    this.#storedAs = `switchboard-read-${operator}`
    this.#readAt = this.#load()
  }

  /** The times by room id. */
  readonly current = (): Readonly<Record<string, string>> => this.#readAt

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) addEventListener('storage', this.#onStorage)
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) removeEventListener('storage', this.#onStorage)
    }
  }

  /** The operator has read a room up to a message of this time. */
  mark(roomId: string, at: string): void {
    const { [roomId]: before = '', ...others } = this.#load()
    if (before >= at) return
    this.#readAt = Object.fromEntries([...Object.entries(others), [roomId, at]].slice(-KEPT))
    localStorage.setItem(this.#storedAs, JSON.stringify(this.#readAt))
    this.#notify()
  }

  readonly #onStorage = ({ key }: StorageEvent) => {
    if (key !== this.#storedAs) return
    this.#readAt = this.#load()
    this.#notify()
  }

  #load(): Readonly<Record<string, string>> {
    try {
      return marks.parse(JSON.parse(localStorage.getItem(this.#storedAs) ?? '{}'))
    } catch {
      return {}
    }
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}
