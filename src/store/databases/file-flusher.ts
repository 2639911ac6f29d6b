import { type FileHandle, open } from 'node:fs/promises'

/** Flushes a file to disk off the event loop. Concurrent requests share a flush. */
export class FileFlusher {
  readonly #path: string
  readonly #repair: () => void
  #mustRepair = false
  #file: FileHandle | null = null
  #current: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null

  /**
   * The file must exist before the first flush. After a failed sync the system may count data as written that is not,
   * and the next sync would succeed: `repair` must bring all of it to disk another way, or throw.
   */
  constructor(path: string, repair: () => void) {
    this.#path = path
    this.#repair = repair
  }

  /**
   * Resolves when everything written before the call is on disk. A sync in progress may have started too early, so all
   * calls during it share the next one.
   */
  flush(): Promise<void> {
    this.#next ??= this.#syncNext()
    return this.#next
  }

  /** Closes the file after a sync in progress. */
  async close(): Promise<void> {
    await this.#current.catch(() => {})
    await this.#file?.close()
  }

  async #syncNext(): Promise<void> {
    // The callers that wait for the current sync receive its error.
    await this.#current.catch(() => {})
    this.#next = null
    this.#current = this.#sync()
    await this.#current
  }

  async #sync(): Promise<void> {
    if (this.#mustRepair) this.#repair()
    this.#mustRepair = true
    // If opening fails, for lack of descriptors, the next sync tries again.
    this.#file ??= await open(this.#path, 'r')
    await this.#file.datasync()
    this.#mustRepair = false
  }
}
