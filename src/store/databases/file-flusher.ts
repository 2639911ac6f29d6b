import { type FileHandle, open } from 'node:fs/promises'

/** Brings what was written to a file to the disk, beside the event loop instead of on it. */
export class FileFlusher {
  readonly #path: string
  readonly #repair: () => void
  #isDoubtful = false
  #file: FileHandle | null = null
  #current: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null

  /**
   * The file may come into being later, but before anybody asks for it to be kept. After a sync that failed the
   * system may count as written what never was, and the next sync would not tell: `repair` is to bring all of it to
   * the disk another way, or throw.
   */
  constructor(path: string, repair: () => void) {
    this.#path = path
    this.#repair = repair
  }

  /**
   * Resolves when all that was written before the call is on the disk. A sync under way may have begun too early
   * for that: all who come during it share the next.
   */
  flush(): Promise<void> {
    this.#next ??= this.#syncNext()
    return this.#next
  }

  /** Lets go of the file, after a sync that is under way. */
  async close(): Promise<void> {
    await this.#current.catch(() => {})
    await this.#file?.close()
  }

  async #syncNext(): Promise<void> {
    // Whether it failed was told to those who waited for it.
    await this.#current.catch(() => {})
    this.#next = null
    this.#current = this.#sync()
    await this.#current
  }

  async #sync(): Promise<void> {
    if (this.#isDoubtful) this.#repair()
    this.#isDoubtful = true
    // One that cannot be opened now, for want of descriptors, is tried anew: only an open file is kept.
    this.#file ??= await open(this.#path, 'r')
    await this.#file.datasync()
    this.#isDoubtful = false
  }
}
