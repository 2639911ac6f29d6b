import { type Disturbance, isDisturbed } from './disturbance.ts'
import type { DeliveredEvent, History, HistoryEntry, LoadedPage } from './history.ts'
import { additionOf, isBefore, type MessageLifecycle, versionOf } from './message-lifecycle.ts'
import { isWithin, type UnobservedWindow } from './unobserved-window.ts'

/** What a subscriber knows of a message: the index of a version, that it exists, or that it is deleted. */
export type KnownVersion = number | 'exists' | 'deleted'

export interface HistoryReplay {
  /** What the subscriber knows in the end, by message id. */
  readonly known: ReadonlyMap<string, KnownVersion>
  /** When the subscription started. Of messages that it only knows to exist, later commits count. */
  readonly startedAt: number
  /**
   * Messages older than the page that were added while the page was read. The page does not show whether it was read
   * before or after that, so the subscriber may not know them.
   */
  readonly perhapsAfterPage: ReadonlySet<string>
  /** What must not have been delivered. */
  readonly violations: readonly string[]
  /** The spans of delivered `GapEvent`s, in microseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}

type Lifecycles = ReadonlyMap<string, MessageLifecycle>

/** What the checks of a history are based on. */
export interface ReplayContext {
  readonly lifecycles: Lifecycles
  readonly unobserved: readonly UnobservedWindow[]
  readonly disturbances: readonly Disturbance[]
  /** What is pushed waits at most so long for a poll that may find something older, in milliseconds. */
  readonly maxHoldMs: number
}

/** Replays a history as its subscriber saw it, and reports what cannot be true. */
export function replayHistory(history: History, context: ReplayContext): HistoryReplay {
  const replayer = new Replayer(history, context)
  history.entries.forEach((entry, index) => {
    replayer.apply(entry, index)
  })
  return replayer.result
}

class Replayer {
  readonly #history: History
  readonly #lifecycles: Lifecycles
  readonly #unobserved: readonly UnobservedWindow[]
  readonly #disturbances: readonly Disturbance[]
  readonly #known = new Map<string, KnownVersion>()
  readonly #perhapsAfterPage = new Set<string>()
  readonly #violations: string[] = []
  readonly #gaps: { from: number; to: number }[] = []
  readonly #maxHoldMs: number
  readonly #added: { readonly message: MessageLifecycle; readonly at: number }[] = []
  #startedAt = 0

  constructor(history: History, { lifecycles, unobserved, disturbances, maxHoldMs }: ReplayContext) {
    this.#history = history
    this.#lifecycles = lifecycles
    this.#unobserved = unobserved
    this.#disturbances = disturbances
    this.#maxHoldMs = maxHoldMs
  }

  get result(): HistoryReplay {
    return {
      known: this.#known,
      startedAt: this.#startedAt,
      perhapsAfterPage: this.#perhapsAfterPage,
      violations: this.#violations,
      gaps: this.#gaps,
    }
  }

  apply(entry: HistoryEntry, index: number): void {
    if (entry.type === 'violation') this.#violations.push(entry.detail)
    if (entry.type === 'start' && entry.page) this.#startFromPage(entry.page, entry.at)
    else if (entry.type === 'start') this.#startNow(entry)
    if (entry.type !== 'event') return
    const count = this.#violations.length
    if (entry.room !== this.#history.room) this.#violations.push(`an event of the room ${entry.room}`)
    this.#applyEvent(entry.event, entry.at)
    for (let place = count; place < this.#violations.length; place += 1) {
      this.#violations[place] = `${this.#violations[place]} (entry ${index})`
    }
  }

  /** The subscriber knows what the page shows, and that the messages before it exist. */
  #startFromPage(page: LoadedPage, requestedAt: number): void {
    this.#startedAt = page.readAt
    const [oldest] = page.nodes
    const edge = oldest && this.#lifecycles.get(oldest.id)
    for (const message of this.#lifecycles.values()) {
      if (edge && additionOf(message).at < page.readAt && isBefore(message.first, edge.first)) {
        this.#known.set(message.id, 'exists')
        if (additionOf(message).at >= requestedAt) this.#perhapsAfterPage.add(message.id)
      }
    }
    for (const { id, text } of page.nodes) {
      const message = this.#lifecycles.get(id)
      if (!message)
        this.#violations.push(`its page shows ${id}, which does not exist in this room for this view`)
      else this.#known.set(id, text === null ? 'deleted' : versionOf(message, text))
    }
  }

  #startNow({ at, since, certainlyBefore }: Extract<HistoryEntry, { type: 'start' }>): void {
    this.#startedAt = at
    for (const message of this.#lifecycles.values()) {
      if (additionOf(message).at < certainlyBefore && message.first.micros < since * 1000)
        this.#known.set(message.id, 'exists')
    }
  }

  #applyEvent(event: DeliveredEvent, at: number): void {
    if (event.type === 'gap')
      this.#gaps.push({ from: microsOf(event.from, 0), to: microsOf(event.to, Infinity) })
    if (!('id' in event)) return
    const message = this.#lifecycles.get(event.id)
    if (!message) this.#report(event, 'does not exist in this room for this view')
    else if (event.type === 'deleted') this.#applyDeletion(event, message, at)
    else this.#applyVersion(event, message, at)
  }

  #applyVersion(
    event: Extract<DeliveredEvent, { text: string }>,
    message: MessageLifecycle,
    at: number,
  ): void {
    const version = versionOf(message, event.text)
    const commit = message.versions[version]
    const known = this.#known.get(event.id)
    if (!commit) this.#report(event, `never had the text "${event.text.slice(0, 40)}"`)
    if (commit && commit.at > at) this.#report(event, 'was delivered before it was committed')
    if (known === 'deleted') this.#report(event, 'was delivered after its deletion')
    if (event.type === 'added') this.#applyAddition(event, message, known, at)
    else if (known === undefined && !this.#mayBeUnknown(message)) this.#report(event, 'was not known')
    else if (typeof known === 'number' && known >= version) {
      this.#report(event, known === version ? 'repeats a known version' : 'goes back to an older version')
    }
    this.#known.set(event.id, version)
  }

  #applyAddition(
    event: DeliveredEvent,
    message: MessageLifecycle,
    known: KnownVersion | undefined,
    at: number,
  ): void {
    const mayBeNew = known === 'exists' && this.#perhapsAfterPage.has(message.id)
    if (known !== undefined && known !== 'deleted' && !mayBeNew) this.#report(event, 'was already known')
    // What push has lost or delayed may be found after what it has pushed since.
    const mayBeLate = isDisturbed(additionOf(message), this.#disturbances)
    const later = this.#added.find(
      (other) =>
        !mayBeLate &&
        isBefore(message.first, other.message.first) &&
        additionOf(message).at < additionOf(other.message).at &&
        other.at - additionOf(other.message).at < this.#maxHoldMs,
    )
    if (later)
      this.#report(event, `arrives after ${later.message.id}, which was committed later and follows it`)
    this.#added.push({ message, at })
  }

  #applyDeletion(event: DeliveredEvent, message: MessageLifecycle, at: number): void {
    const known = this.#known.get(message.id)
    if (!message.deleted) this.#report(event, 'was never deleted')
    else if (message.deleted.at > at) this.#report(event, 'was delivered before it was committed')
    if (known === 'deleted') this.#report(event, 'repeats a deletion')
    if (known === undefined && !this.#mayBeUnknown(message)) this.#report(event, 'was not known')
    this.#known.set(message.id, 'deleted')
  }

  /** Whether the message was added in an unobserved window before the subscription started, or in a reported gap. */
  #mayBeUnknown(message: MessageLifecycle): boolean {
    const added = additionOf(message)
    return (
      this.#history.stream === 'roomEvents' &&
      this.#unobserved.some(
        (window) =>
          isWithin(added, window) &&
          (window.cursor === null ||
            this.#gaps.some(({ from, to }) => message.first.micros >= from && message.first.micros <= to)),
      )
    )
  }

  #report(event: DeliveredEvent, violation: string): void {
    this.#violations.push(`${event.type} ${'id' in event ? event.id : ''} ${violation}`)
  }
}

function microsOf(time: string | null, otherwise: number): number {
  return time === null ? otherwise : Date.parse(time) * 1000
}
