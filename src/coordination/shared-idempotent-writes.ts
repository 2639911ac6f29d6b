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
const WAIT_MS = 10_000
/** The first wait between two reads; each further one is twice as long. */
const FIRST_WAIT_MS = 50
/** The longest wait between two reads of the store, while another process writes. */
const LONGEST_READ_MS = 500
/** The shortest wait between two reads at the provider, which may be billed. */
const FIRST_FIND_MS = 1_000
/** How often an outcome is written down that the store does not take, and the milliseconds in between. */
const TRIES = 60
const TRY_AGAIN_MS = 1_000

/** With these codes the provider refuses the caller, who then learns nothing of an earlier attempt. */
const NOT_THE_CALLERS: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'])

/** Where keys are claimed, and for which process. */
export interface SharedIdempotentWritesOptions {
  readonly store: IdempotencyKeyStore
  readonly lease: Pick<WorkerLease, 'id' | 'isHeld'>
  readonly log: Logger
}

type Unknown = Extract<IdempotencyKeyState, { readonly state: 'unknown' }>

/**
 * Claims each key in the store before its request goes out, so that all processes that share the store, and the same
 * one after a restart, do the write once.
 */
export class SharedIdempotentWrites implements IdempotentWrites {
  readonly #options: SharedIdempotentWritesOptions

  constructor(options: SharedIdempotentWritesOptions) {
    this.#options = options
  }

  async run(write: IdempotentWrite): Promise<string> {
    const key = new RecordCipher(write.idempotencyKey, [write.provider, ...write.scope])
    const giveUpAt = performance.now() + WAIT_MS
    for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
      const known = await this.#claim(write, key)
      if (known === null) return write.execute(unclaimed)
      if (known.state === 'claimed') {
        return this.#attempt(write, key, { id: key.id, attempt: known.attempt }, null)
      }
      if (known.state === 'done') return key.decrypt(known.record)
      if (known.state === 'conflict') throw conflict(write)
      if (known.state === 'pending') {
        waitMs = Math.min(waitMs, LONGEST_READ_MS)
      } else {
        const record = await this.#follow(write, key, known)
        if (record !== null) return record
        waitMs = Math.max(waitMs, FIRST_FIND_MS)
      }
      if (performance.now() + waitMs > giveUpAt) throw undecided(write)
      await setTimeout(waitMs)
    }
  }

  /** Null where the store is away and the provider itself recognises a repetition. */
  async #claim(write: IdempotentWrite, key: RecordCipher): Promise<IdempotencyKeyState | null> {
    const { store, lease, log } = this.#options
    const { provider, input, reconcile } = write
    const mayCompleteWithinMs = reconcile?.mayCompleteWithinMs(null) ?? 0
    const request = { id: key.id, fingerprint: digest(input), worker: lease.id, mayCompleteWithinMs }
    try {
      return await demandStored(store.claim(request), write)
    } catch (error) {
      log.error({ err: error, provider }, 'an idempotency key could not be claimed')
      if (reconcile === null) return null
      throw error
    }
  }

  /** Finds what an attempt of unknown outcome did, or does the write again where that is safe; null while it is not. */
  async #follow(write: IdempotentWrite, key: RecordCipher, known: Unknown): Promise<string | null> {
    const { store, lease } = this.#options
    const { reconcile } = write
    const before = { id: key.id, attempt: known.attempt }
    const noted = known.record === null ? null : key.decrypt(known.record)
    const record = reconcile && (await reconcile.find(noted).catch((error: unknown) => reject(write, error)))
    if (record !== null) {
      await this.#writeDown(() => store.complete(before, key.encrypt(record)))
      return record
    }
    if (known.mayCompleteWithinMs > 0 && reconcile !== null) return null
    const taken = await demandStored(store.takeOver(before, lease.id), write)
    return taken && this.#attempt(write, key, taken, noted)
  }

  async #attempt(
    write: IdempotentWrite,
    key: RecordCipher,
    attempt: IdempotencyKeyAttempt,
    noted: string | null,
  ): Promise<string> {
    const { store } = this.#options
    try {
      const record = await write.execute(this.#handle(write, key, attempt, noted))
      await this.#writeDown(() => store.complete(attempt, key.encrypt(record)))
      return record
    } catch (error) {
      const wasNotDone = error instanceof ChatError && error.code !== 'OUTCOME_UNKNOWN'
      const landsInMs = write.reconcile?.mayCompleteWithinMs(error) ?? 0
      await this.#writeDown(() =>
        wasNotDone ? store.release(attempt) : store.markUnknown(attempt, landsInMs),
      )
      throw error
    }
  }

  #handle(
    write: IdempotentWrite,
    key: RecordCipher,
    attempt: IdempotencyKeyAttempt,
    noted: string | null,
  ): WriteAttempt {
    const { store, lease } = this.#options
    const { provider } = write
    return {
      earlierRecord: noted,
      saveRecord: (record) => demandStored(store.saveRecord(attempt, key.encrypt(record)), write),
      assertNotReplaced() {
        if (lease.isHeld()) return
        const detail = 'The gateway was interrupted before it sent the request; nothing was done.'
        throw new ChatError('PROVIDER_UNAVAILABLE', detail, { provider })
      },
    }
  }

  /** Does not wait for a store that is away: the outcome is written down later, or found at the provider. */
  async #writeDown(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#options.log.error({ err: error }, 'the outcome of an idempotency key could not be written down')
      void this.#writeDownLater(work)
    }
  }

  async #writeDownLater(work: () => Promise<void>): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await setTimeout(TRY_AGAIN_MS, undefined, { ref: false })
      const isDone = await work().then(
        () => true,
        () => false,
      )
      if (isDone) return
    }
  }
}

/** An attempt without a claim, at a provider that recognises the repetition. */
const unclaimed: WriteAttempt = { earlierRecord: null, saveRecord: async () => {}, assertNotReplaced() {} }

/** Without the store a key cannot be kept: what depends on it is not done. */
async function demandStored<T>(work: Promise<T>, { provider }: IdempotentWrite): Promise<T> {
  try {
    return await work
  } catch (error) {
    const detail = 'The gateway cannot store the idempotency key at the moment; nothing was done.'
    throw new ChatError('PROVIDER_UNAVAILABLE', detail, { provider, cause: error })
  }
}

function conflict({ provider }: IdempotentWrite): ChatError {
  const detail = 'This idempotency key was used with another input.'
  return new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
}

function undecided({ provider }: IdempotentWrite, cause?: unknown): ChatError {
  const detail =
    'An earlier request with this key has not come to a known end; repeat it with the same key after some seconds.'
  return new ChatError('OUTCOME_UNKNOWN', detail, { provider, cause })
}

/** Throws the provider's refusal of the caller as it is; any other failure leaves the outcome unknown. */
function reject(write: IdempotentWrite, error: unknown): never {
  if (error instanceof ChatError && NOT_THE_CALLERS.has(error.code)) throw error
  throw undecided(write, error)
}
