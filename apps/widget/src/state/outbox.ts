import { WidgetSendDocument } from '../../generated/graphql.ts'
import { uploadFile } from '../gateway/files.ts'
import type { Failure } from '../gateway/gateway.ts'
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
  readonly attempts: number
  /** Why it is not sent again without the visitor; null while it is. */
  readonly failure: Failure | null
  /** The message of a file that was sent; null before. */
  readonly messageId: string | null
  /** The visitor's messages with this text that the room had before. */
  readonly twins: number
  /** Whether the room shows the text already: an event can be faster than the response. */
  readonly isShown: boolean
}

/** After these the same message can be sent again with the same key. */
const PASSING_FAILURES = new Set(['AWAY', 'RATE_LIMITED', 'OUTCOME_UNKNOWN', 'PROVIDER_UNAVAILABLE'])

/**
 * Sends the visitor's messages and files in their order, and again until the gateway has responded. Texts outlive the page
 * in the storage of the tab; the browser does not let a page keep files.
 */
export class Outbox {
  readonly #visitor: Visitor
  readonly #storage: VisitorStorage
  readonly #onChange: (unsent: readonly Unsent[]) => void
  readonly #onSent: (message: Message) => void
  #unsent: readonly Unsent[]
  #messages: readonly Message[] = []
  #isRunning = false

  constructor(
    visitor: Visitor,
    storage: VisitorStorage,
    onChange: (unsent: readonly Unsent[]) => void,
    onSent: (message: Message) => void,
  ) {
    this.#visitor = visitor
    this.#storage = storage
    this.#onChange = onChange
    this.#onSent = onSent
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
    this.#change(key, { failure: null, attempts: 0 })
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
      const failure = await this.#send(next)
      if (failure && PASSING_FAILURES.has(failure.code)) {
        this.#change(next.key, { attempts: next.attempts + 1 })
        await this.#visitor.gateway.pause.wait(next.attempts)
      } else if (failure) this.#change(next.key, { failure })
    }
    this.#isRunning = false
  }

  #next(): Unsent | undefined {
    return this.#unsent.find(({ failure, messageId }) => failure === null && messageId === null)
  }

  async #send({ key, text, file }: Unsent): Promise<Failure | null> {
    if (file) {
      const report = (progress: number) => this.#change(key, { progress })
      const { messageId, failure } = await uploadFile(this.#visitor, file, key, report)
      if (messageId !== null) this.#change(key, { messageId, progress: 1 })
      // The room can show the file already: an event can be faster than the response.
      this.onMessages(this.#messages)
      return failure
    }
    const input = { roomId: this.#visitor.roomId, text, idempotencyKey: key }
    const { data, failure } = await this.#visitor.ask(WidgetSendDocument, { input })
    const result = data?.sendMessage
    if (result && 'message' in result) {
      this.#onSent(result.message)
      this.discard(key)
      return null
    }
    return failure ?? { code: 'PROVIDER_ERROR' }
  }
}

function unsentOf(text: string, file: File | null, key: string = crypto.randomUUID()): Unsent {
  const state = { progress: 0, attempts: 0, failure: null, messageId: null }
  return { key, text, file, ...state, twins: Number.POSITIVE_INFINITY, isShown: false }
}

function countTwins(messages: readonly Message[], text: string): number {
  return messages.filter((message) => message.author?.role === 'VISITOR' && message.text.trim() === text)
    .length
}
