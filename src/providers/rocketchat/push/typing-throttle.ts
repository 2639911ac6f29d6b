import { TtlCache } from '../../shared/ttl-cache.ts'

/** The least time between two calls for one room and sender. */
const SPACING_MS = 1_000
/** Tries to send a state that could not be sent, one per `SPACING_MS`: a connection may just be opening. */
const MAX_TRIES = 5
const MAX_SENDERS = 10_000

/** Sends a state to the server; returns false if that is not possible now. */
type Send = (typing: boolean) => boolean

interface SentState {
  readonly typing: boolean
  /** On the clock of `performance.now()`. */
  readonly at: number
}

/** The newest state of a sender that waits for its turn. */
interface PendingState {
  typing: boolean
  send: Send
  tries: number
  readonly timer: NodeJS.Timeout
}

/**
 * Bounds what typing costs: a call per second, room and sender, the newest state last. A repetition within the second is
 * dropped.
 */
export class TypingThrottle {
  readonly #sent = new TtlCache<SentState>(SPACING_MS, MAX_SENDERS)
  readonly #pending = new Map<string, PendingState>()

  /** `sender` names the room and who types in it. */
  push(sender: string, typing: boolean, send: Send): void {
    const pending = this.#pending.get(sender)
    if (pending) {
      pending.typing = typing
      pending.send = send
      return
    }
    const last = this.#sent.get(sender)
    if (last?.typing === typing) return
    if (last) this.#wait(sender, { typing, send, tries: 0 }, last.at + SPACING_MS - performance.now())
    else this.#send(sender, { typing, send, tries: 0 })
  }

  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer)
    this.#pending.clear()
  }

  #send(sender: string, state: Omit<PendingState, 'timer'>): void {
    if (state.send(state.typing)) {
      this.#sent.set(sender, { typing: state.typing, at: performance.now() })
    } else if (state.tries < MAX_TRIES) {
      this.#wait(sender, { ...state, tries: state.tries + 1 }, SPACING_MS)
    }
  }

  #wait(sender: string, state: Omit<PendingState, 'timer'>, ms: number): void {
    if (this.#pending.size >= MAX_SENDERS) return
    const timer = setTimeout(() => {
      const due = this.#pending.get(sender)
      this.#pending.delete(sender)
      // Also if it has returned to the state that was sent last: a message in between has ended that for others.
      if (due) this.#send(sender, due)
    }, ms)
    timer.unref()
    this.#pending.set(sender, { ...state, timer })
  }
}
