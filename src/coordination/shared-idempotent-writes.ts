import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ChatError, type ErrorCode } from '../domain/errors.ts'
import type { IdempotentWrite, IdempotentWrites, WriteAttempt } from '../domain/idempotent-writes.ts'
import type {
  IdempotencyKeyAttempt,
  IdempotencyKeyState,
  IdempotencyKeyStore,
} from './idempotency-key-store.ts'
import { digest, RecordCipher } from './record-cipher.ts'
import type { WorkerLease } from './worker-lease.ts'

/** How long a repetition waits for the outcome of an earlier attempt. */
const MAX_WAIT_MS = 10_000
/** The first delay between two reads of the key; it doubles each time. */
const FIRST_DELAY_MS = 50
/** Maximum delay between two reads of the store while another process executes the write. */
const MAX_PENDING_DELAY_MS = 500
/** Minimum delay between two reads at the provider, which may be billed. */
const MIN_RECONCILE_DELAY_MS = 1_000
/** Attempts to record an outcome that the store did not take, and the delay between them. */
const MAX_RECORD_ATTEMPTS = 60
const RECORD_RETRY_MS = 1_000

/** Errors with which the provider rejects the caller, who must then learn nothing about an earlier attempt. */
const CALLER_REJECTED: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'])

/** The store of the keys, and the process that claims them. */
export interface SharedIdempotentWritesOptions {
  readonly store: IdempotencyKeyStore
  readonly lease: Pick<WorkerLease, 'id' | 'isHeld'>
  readonly log: Logger
}

type UnknownOutcome = Extract<IdempotencyKeyState, { readonly state: 'unknown' }>

/**
 * Claims each key in the store before the request is sent, so that all processes that share the store, and the same
 * process after a restart, execute the write once.
 */
export class SharedIdempotentWrites implements IdempotentWrites {
  readonly #options: SharedIdempotentWritesOptions

  constructor(options: SharedIdempotentWritesOptions) {
    this.#options = options
  }

  async run(write: IdempotentWrite): Promise<string> {
    const cipher = new RecordCipher(write.idempotencyKey, [write.provider, ...write.scope])
    const deadline = performance.now() + MAX_WAIT_MS
    for (let delayMs = FIRST_DELAY_MS; ; delayMs *= 2) {
      const key = await this.#claim(write, cipher)
      if (key === null) return write.execute(unclaimedAttempt)
      if (key.state === 'claimed') {
        return this.#attempt(write, cipher, { id: cipher.id, attempt: key.attempt }, null)
      }
      if (key.state === 'done') return cipher.decrypt(key.record)
      if (key.state === 'conflict') throw conflictError(write)
      if (key.state === 'pending') {
        delayMs = Math.min(delayMs, MAX_PENDING_DELAY_MS)
      } else {
        const record = await this.#reconcile(write, cipher, key)
        if (record !== null) return record
        delayMs = Math.max(delayMs, MIN_RECONCILE_DELAY_MS)
      }
      if (performance.now() + delayMs > deadline) throw undecidedError(write)
      await setTimeout(delayMs)
    }
  }

  /** Returns null if the store is unavailable and the provider itself recognizes a repetition. */
  async #claim(write: IdempotentWrite, cipher: RecordCipher): Promise<IdempotencyKeyState | null> {
    const { store, lease, log } = this.#options
    const { provider, input, reconcile } = write
    const mayCompleteWithinMs = reconcile?.mayCompleteWithinMs(null) ?? 0
    const claim = { id: cipher.id, fingerprint: digest(input), worker: lease.id, mayCompleteWithinMs }
    try {
      return await requireStore(store.claim(claim), write)
    } catch (error) {
      log.error({ err: error, provider }, 'idempotency key could not be claimed')
      if (reconcile === null) return null
      throw error
    }
  }

  /** Finds the result of an attempt of unknown outcome, or repeats it once that is safe; returns null until then. */
  async #reconcile(
    write: IdempotentWrite,
    cipher: RecordCipher,
    key: UnknownOutcome,
  ): Promise<string | null> {
    const { store, lease } = this.#options
    const { reconcile } = write
    const earlier = { id: cipher.id, attempt: key.attempt }
    const earlierRecord = key.record === null ? null : cipher.decrypt(key.record)
    const record =
      reconcile &&
      (await reconcile.find(earlierRecord).catch((error: unknown) => throwReconcileError(write, error)))
    if (record !== null) {
      await this.#recordOutcome(() => store.complete(earlier, cipher.encrypt(record)))
      return record
    }
    if (key.mayCompleteWithinMs > 0 && reconcile !== null) return null
    const attempt = await requireStore(store.takeOver(earlier, lease.id), write)
    return attempt && this.#attempt(write, cipher, attempt, earlierRecord)
  }

  async #attempt(
    write: IdempotentWrite,
    cipher: RecordCipher,
    attempt: IdempotencyKeyAttempt,
    earlierRecord: string | null,
  ): Promise<string> {
    const { store } = this.#options
    try {
      const record = await write.execute(this.#createAttempt(write, cipher, attempt, earlierRecord))
      await this.#recordOutcome(() => store.complete(attempt, cipher.encrypt(record)))
      return record
    } catch (error) {
      // The outcome of an earlier attempt stays unknown: only `execute` can find it, and it has failed.
      const isRepetition = attempt.attempt > 1 && write.reconcile === null
      const wasNotExecuted = !isRepetition && error instanceof ChatError && error.code !== 'OUTCOME_UNKNOWN'
      const mayCompleteWithinMs = write.reconcile?.mayCompleteWithinMs(error) ?? 0
      await this.#recordOutcome(() =>
        wasNotExecuted ? store.release(attempt) : store.markUnknown(attempt, mayCompleteWithinMs),
      )
      throw error
    }
  }

  #createAttempt(
    write: IdempotentWrite,
    cipher: RecordCipher,
    attempt: IdempotencyKeyAttempt,
    earlierRecord: string | null,
  ): WriteAttempt {
    const { store, lease } = this.#options
    const { provider } = write
    return {
      earlierRecord,
      saveRecord: (record) => requireStore(store.saveRecord(attempt, cipher.encrypt(record)), write),
      assertNotReplaced() {
        if (lease.isHeld()) return
        const detail = 'The gateway was interrupted before it sent the request; nothing was done.'
        throw new ChatError('PROVIDER_UNAVAILABLE', detail, { provider })
      },
    }
  }

  /** Does not wait for an unavailable store: the outcome is recorded later, or found at the provider. */
  async #recordOutcome(record: () => Promise<void>): Promise<void> {
    try {
      await record()
    } catch (error) {
      this.#options.log.error({ err: error }, 'outcome of an idempotency key could not be stored')
      void this.#recordLater(record)
    }
  }

  async #recordLater(record: () => Promise<void>): Promise<void> {
    for (let attempt = 0; attempt < MAX_RECORD_ATTEMPTS; attempt += 1) {
      await setTimeout(RECORD_RETRY_MS, undefined, { ref: false })
      const isRecorded = await record().then(
        () => true,
        () => false,
      )
      if (isRecorded) return
    }
  }
}

/** An attempt without a claim, at a provider that recognizes a repetition. */
const unclaimedAttempt: WriteAttempt = {
  earlierRecord: null,
  saveRecord: async () => {},
  assertNotReplaced() {},
}

/** Fails the write if the store is unavailable: without the store, the key has no effect. */
async function requireStore<T>(work: Promise<T>, { provider }: IdempotentWrite): Promise<T> {
  try {
    return await work
  } catch (error) {
    const detail = 'The gateway cannot store the idempotency key at the moment; nothing was done.'
    throw new ChatError('PROVIDER_UNAVAILABLE', detail, { provider, cause: error })
  }
}

function conflictError({ provider }: IdempotentWrite): ChatError {
  const detail = 'This idempotency key was used with another input.'
  return new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
}

function undecidedError({ provider }: IdempotentWrite, cause?: unknown): ChatError {
  const detail =
    'The outcome of an earlier request with this key is not known yet; repeat the request with the same key after some seconds.'
  return new ChatError('OUTCOME_UNKNOWN', detail, { provider, cause })
}

/** Passes on an error with which the provider rejects the caller; after any other error the outcome stays unknown. */
function throwReconcileError(write: IdempotentWrite, error: unknown): never {
  if (error instanceof ChatError && CALLER_REJECTED.has(error.code)) throw error
  throw undecidedError(write, error)
}
