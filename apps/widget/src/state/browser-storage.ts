/** Values that outlive the page, under one prefix. Browsers can refuse storage: then values live as long as the page. */
export class BrowserStorage {
  readonly #prefix: string
  readonly #area: () => Storage
  readonly #memory = new Map<string, string>()

  /** `area` returns `localStorage`, which all tabs of the site share, or `sessionStorage`, which belongs to one tab. */
  constructor(prefix: string, area: () => Storage) {
    this.#prefix = prefix
    this.#area = area
  }

  /** The parsed JSON of a value; null if there is none. */
  read(name: string): unknown {
    const key = this.#prefix + name
    try {
      return JSON.parse(this.#memory.get(key) ?? this.#area().getItem(key) ?? 'null')
    } catch {
      return null
    }
  }

  /** Stores a value as JSON; null removes it. */
  write(name: string, value: unknown): void {
    const key = this.#prefix + name
    try {
      if (value === null) this.#area().removeItem(key)
      else this.#area().setItem(key, JSON.stringify(value))
      this.#memory.delete(key)
    } catch {
      this.#memory.set(key, JSON.stringify(value))
    }
  }

  /** Calls `onChange` when another tab has changed one of the values. */
  observe(onChange: () => void): void {
    addEventListener('storage', ({ key }) => {
      if (key === null || key.startsWith(this.#prefix)) onChange()
    })
  }
}

/** Runs `task` while no other tab of the site runs one of this name, where the browser can tell. */
export async function runExclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  // Pages without HTTPS have no locks.
  return 'locks' in navigator ? await navigator.locks.request(name, task) : await task()
}
