import {
  createIdempotencyKey,
  GatewayError,
  type MutateOptions,
  type Outcome,
  sendMutation,
  uploadFile,
} from '@switchboard/client'
import { sendDocument } from '../documents.ts'
import type { Failure, Gateway } from '../gateway/gateway.ts'
import type { Visitor } from '../gateway/visitor.ts'
import type { Message } from './use-chat.ts'
import type { VisitorStorage } from './visitor-storage.ts'

/** A message or a file that the room does not show yet. */
export interface Unsent {
  /** The idempotency key: what is sent again after a failure is delivered once. */
  readonly key: string
  /** The text, or the file's name. */
  readonly text: string
  /** Null for a text. */
  readonly file: File | null
  /** The part of the file that is sent, from 0 to 1. */
  readonly progress: number
  /** Whether an attempt has failed. */
  readonly isDelayed: boolean
  /** Why it is not sent again without the visitor; null while it is. */
  readonly failure: Failure | null
  /** The message of a file that was sent; null before. */
  readonly messageId: string | null
  /** The visitor's messages with this text that the room had before. */
  readonly twins: number
  /** Whether the room shows the text already: an event can be faster than the response. */
  readonly isShown: boolean
}

/** The gateway's errors after which it is sent again without the visitor. */
const PASSING_CODES = ['RATE_LIMITED', 'OUTCOME_UNKNOWN', 'PROVIDER_UNAVAILABLE']

/**
 * Sends the visitor's messages and files in their order, and again until the gateway has responded. Texts outlive the page
 * in the storage of the tab; the browser does not let a page keep files.
 */
export class Outbox {
  readonly #gateway: Gateway
  readonly #visitor: Visitor
  readonly #storage: VisitorStorage
  readonly #onChange: (unsent: readonly Unsent[]) => void
  #unsent: readonly Unsent[]
  #messages: readonly Message[] = []
  #isRunning = false

  constructor(
    gateway: Gateway,
    visitor: Visitor,
    storage: VisitorStorage,
    onChange: (unsent: readonly Unsent[]) => void,
  ) {
    this.#gateway = gateway
    this.#visitor = visitor
    this.#storage = storage
    this.#onChange = onChange
    this.#unsent = storage.unsent(visitor.roomId).map((entry) => unsentOf(entry.text, null, entry.key))
    this.#changed()
  }

  sendText(text: string): void {
    this.#add({ ...unsentOf(text, null), twins: countTwins(this.#messages, text) })
  }

  sendFile(file: File): void {
    this.#add(unsentOf(file.name, file))
  }

  sendAgain(key: string): void {
    this.#change(key, { failure: null, isDelayed: false })
  }

  discard(key: string): void {
    this.#unsent = this.#unsent.filter((unsent) => unsent.key !== key)
    this.#changed()
  }

  /** Forgets what the room shows now. */
  onMessages(messages: readonly Message[]): void {
    this.#messages = messages
    for (const { key, messageId, text, twins, isShown } of this.#unsent) {
      if (messageId !== null && messages.some(({ id }) => id === messageId)) this.discard(key)
      else if (!isShown && countTwins(messages, text) > twins) this.#change(key, { isShown: true })
    }
  }

  #add(unsent: Unsent): void {
    this.#unsent = [...this.#unsent, unsent]
    this.#changed()
  }

  #change(key: string, change: Partial<Unsent>): void {
    this.#unsent = this.#unsent.map((unsent) => (unsent.key === key ? { ...unsent, ...change } : unsent))
    this.#changed()
  }

  #changed(): void {
    const texts = this.#unsent.filter(({ file }) => file === null)
    this.#storage.saveUnsent(
      this.#visitor.roomId,
      texts.map(({ key, text }) => ({ key, text })),
    )
    this.#onChange(this.#unsent)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const failure = await this.#gateway.failureOf(await this.#send(next))
      if (failure) this.#change(next.key, { failure })
    }
    this.#isRunning = false
  }

  #next(): Unsent | undefined {
    return this.#unsent.find(({ failure, messageId }) => failure === null && messageId === null)
  }

  async #send({ key, text, file }: Unsent): Promise<Outcome<unknown>> {
    const { roomId, session, timeline } = this.#visitor
    const options: MutateOptions = {
      maxAttempts: Number.POSITIVE_INFINITY,
      mayRetry: (error) => !(error instanceof GatewayError) || PASSING_CODES.includes(error.code),
      onFailure: () => this.#change(key, { isDelayed: true }),
    }
    if (file) {
      const onProgress = (progress: number) => this.#change(key, { progress })
      const outcome = await uploadFile(session, roomId, file, { ...options, idempotencyKey: key, onProgress })
      if (outcome.status === 'done') this.#change(key, { messageId: outcome.payload.message.id, progress: 1 })
      // The room can show the file already: an event can be faster than the response.
      this.onMessages(this.#messages)
      return outcome
    }
    const input = { roomId, text, idempotencyKey: key }
    const outcome = await sendMutation(session, sendDocument, { input }, options)
    if (outcome.status === 'done') {
      timeline.add(outcome.payload.message)
      this.discard(key)
    }
    return outcome
  }
}

function unsentOf(text: string, file: File | null, key = createIdempotencyKey()): Unsent {
  const state = { progress: 0, isDelayed: false, failure: null, messageId: null }
  return { key, text, file, ...state, twins: Number.POSITIVE_INFINITY, isShown: false }
}

function countTwins(messages: readonly Message[], text: string): number {
  return messages.filter((message) => message.author?.role === 'VISITOR' && message.text.trim() === text)
    .length
}
