import { type Client, createIdempotencyKey, GatewayError } from '@switchboard/client'

/** A file that the operator has chosen, until it is sent. */
export interface Upload {
  /** Its idempotency key: sent again after a failure, it is delivered once. */
  readonly key: string
  readonly file: File
  readonly state: 'chosen' | 'sending' | 'failed'
  /** The share that was sent, from 0 to 1. */
  readonly progress: number
  /** Why it was not sent; null where the gateway could not say. */
  readonly reason: string | null
}

/** The files that the operator is about to send to a room. A store for `useSyncExternalStore`. */
export class UploadQueue {
  readonly #roomId: string
  readonly #client: Client
  readonly #listeners = new Set<() => void>()
  readonly #transfers = new Map<string, AbortController>()
  #list: readonly Upload[] = []
  #sending: Promise<boolean> | null = null

  constructor(roomId: string, client: Client) {
    this.#roomId = roomId
    this.#client = client
  }

  readonly current = (): readonly Upload[] => this.#list

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly add = (files: readonly File[]): void => {
    const chosen = { state: 'chosen', progress: 0, reason: null } as const
    this.#replace([...this.#list, ...files.map((file) => ({ key: createIdempotencyKey(), file, ...chosen }))])
  }

  /** Removes a file, and ends its transfer. */
  readonly remove = (key: string): void => {
    this.#transfers.get(key)?.abort()
    this.#replace(this.#list.filter((upload) => upload.key !== key))
  }

  /**
   * Sends all files in order. Resolves to false if one was not sent: it stays in the list, with those after it. A call while they are
   * being sent waits for that.
   */
  readonly send = (): Promise<boolean> => {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null
    })
    return this.#sending
  }

  async #sendAll(): Promise<boolean> {
    for (const upload of this.#list) if (!(await this.#sendOne(upload))) return false
    return true
  }

  async #sendOne({ key, file }: Upload): Promise<boolean> {
    if (!this.#list.some((upload) => upload.key === key)) return true
    const controller = new AbortController()
    this.#transfers.set(key, controller)
    this.#change(key, { state: 'sending', progress: 0, reason: null })
    const outcome = await this.#client.upload(this.#roomId, file, {
      idempotencyKey: key,
      // The operator sees at once that the gateway cannot be reached.
      maxAttempts: 1,
      signal: controller.signal,
      onProgress: (progress) => this.#change(key, { progress }),
    })
    this.#transfers.delete(key)
    if (outcome.status === 'done' || outcome.status === 'aborted') {
      this.remove(key)
      return true
    }
    const { error } = outcome
    this.#change(key, { state: 'failed', reason: error instanceof GatewayError ? error.message : null })
    return false
  }

  #change(key: string, changed: Partial<Upload>): void {
    this.#replace(this.#list.map((upload) => (upload.key === key ? { ...upload, ...changed } : upload)))
  }

  #replace(list: readonly Upload[]): void {
    this.#list = list
    for (const listener of this.#listeners) listener()
  }
}
