import type { DeliveredEvent, History, HistoryEntry, LoadedPage } from './history.ts'
import { additionOf, isBefore, type MessageLifecycle, versionOf } from './message-lifecycle.ts'
import { isWithin, type UnobservedWindow } from './unobserved-window.ts'

/** What a subscriber knows of a message: which of its versions, that it is there, or that it is gone. */
export type KnownVersion = number | 'there' | 'gone'

export interface HistoryReplay {
  /** What the subscriber knows in the end, by message id. */
  readonly known: ReadonlyMap<string, KnownVersion>
  /** When it had begun: what became of messages of which it knows only that they are there counts from then on. */
  readonly startedAt: number
  /** What it should never have been told. */
  readonly violations: readonly string[]
  /** Spans that it was told something may be missing in, in microseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}

type Stories = ReadonlyMap<string, MessageLifecycle>

/** Reads a history as its subscriber did, and says what in it can not be true. */
export function replayHistory(
  history: History,
  stories: Stories,
  blind: readonly UnobservedWindow[],
): HistoryReplay {
  const reader = new Reader(history, stories, blind)
  history.entries.forEach((entry, index) => {
    reader.take(entry, index)
  })
  return reader.result
}

class Reader {
  readonly #history: History
  readonly #stories: Stories
  readonly #blind: readonly UnobservedWindow[]
  readonly #known = new Map<string, KnownVersion>()
  /** What was put before the page while it was read: nobody knows which came first. */
  readonly #perhapsBehind = new Set<string>()
  readonly #wrong: string[] = []
  readonly #gaps: { from: number; to: number }[] = []
  readonly #added: MessageLifecycle[] = []
  #begunAt = 0

  constructor(history: History, stories: Stories, blind: readonly UnobservedWindow[]) {
    this.#history = history
    this.#stories = stories
    this.#blind = blind
  }

  get result(): HistoryReplay {
    return { known: this.#known, startedAt: this.#begunAt, violations: this.#wrong, gaps: this.#gaps }
  }

  take(entry: HistoryEntry, index: number): void {
    if (entry.what === 'wrong') this.#wrong.push(entry.detail)
    if (entry.what === 'start' && entry.page) this.#startBehind(entry.page, entry.at)
    else if (entry.what === 'start') this.#startNow(entry)
    if (entry.what !== 'event') return
    const before = this.#wrong.length
    if (entry.room !== this.#history.room) this.#wrong.push(`an event of the room ${entry.room}`)
    this.#hear(entry.told, entry.at)
    for (let place = before; place < this.#wrong.length; place += 1) {
      this.#wrong[place] = `${this.#wrong[place]} (entry ${index})`
    }
  }

  /** Knows what the page showed, and of what lies before it that it is there. */
  #startBehind(page: LoadedPage, askedAt: number): void {
    this.#begunAt = page.readAt
    const [oldest] = page.nodes
    const edge = oldest && this.#stories.get(oldest.id)
    for (const story of this.#stories.values()) {
      if (edge && additionOf(story).at < page.readAt && isBefore(story.first, edge.first)) {
        this.#known.set(story.id, 'there')
        if (additionOf(story).at >= askedAt) this.#perhapsBehind.add(story.id)
      }
    }
    for (const { id, text } of page.nodes) {
      const story = this.#stories.get(id)
      if (!story) this.#wrong.push(`its page shows ${id}, which it may not see or never was`)
      else this.#known.set(id, text === null ? 'gone' : versionOf(story, text))
    }
  }

  #startNow({ at, since, surelyBefore }: Extract<HistoryEntry, { what: 'start' }>): void {
    this.#begunAt = at
    for (const story of this.#stories.values()) {
      if (additionOf(story).at < surelyBefore && story.first.micros < since * 1000)
        this.#known.set(story.id, 'there')
    }
  }

  #hear(told: DeliveredEvent, at: number): void {
    if (told.type === 'gap')
      this.#gaps.push({ from: microsOf(told.from, 0), to: microsOf(told.to, Infinity) })
    if (!('id' in told)) return
    const story = this.#stories.get(told.id)
    if (!story) this.#say(told, 'is not in this room for this view')
    else if (told.type === 'deleted') this.#hearDeleted(told, story, at)
    else this.#hearVersion(told, story, at)
  }

  #hearVersion(told: Extract<DeliveredEvent, { text: string }>, story: MessageLifecycle, at: number): void {
    const version = versionOf(story, told.text)
    const commit = story.versions[version]
    const known = this.#known.get(told.id)
    if (!commit) this.#say(told, `never read "${told.text.slice(0, 40)}"`)
    if (commit && commit.at > at) this.#say(told, 'was told before it was committed')
    if (known === 'gone') this.#say(told, 'was deleted before')
    if (told.type === 'added') this.#hearAdded(told, story, known)
    else if (known === undefined && !this.#mayNotHaveSeen(story)) this.#say(told, 'was not known')
    else if (typeof known === 'number' && known >= version) {
      this.#say(told, known === version ? 'was told in this version before' : 'goes back to an old version')
    }
    this.#known.set(told.id, version)
  }

  #hearAdded(told: DeliveredEvent, story: MessageLifecycle, known: KnownVersion | undefined): void {
    const mayBeNews = known === 'there' && this.#perhapsBehind.has(story.id)
    if (known !== undefined && known !== 'gone' && !mayBeNews) this.#say(told, 'was known before')
    const later = this.#added.find(
      (other) => isBefore(story.first, other.first) && additionOf(story).at < additionOf(other).at,
    )
    if (later) this.#say(told, `comes behind ${later.id}, before which it stands and was committed`)
    this.#added.push(story)
  }

  #hearDeleted(told: DeliveredEvent, story: MessageLifecycle, at: number): void {
    const known = this.#known.get(story.id)
    if (!story.deleted) this.#say(told, 'was never deleted')
    else if (story.deleted.at > at) this.#say(told, 'was told before it was committed')
    if (known === 'gone') this.#say(told, 'was told before')
    if (known === undefined && !this.#mayNotHaveSeen(story)) this.#say(told, 'was not known')
    this.#known.set(story.id, 'gone')
  }

  /** Committed before it began, or in a gap that it was told of. */
  #mayNotHaveSeen(story: MessageLifecycle): boolean {
    const added = additionOf(story)
    return (
      this.#history.stream === 'roomEvents' &&
      this.#blind.some(
        (time) =>
          isWithin(added, time) &&
          (time.cursor === null ||
            this.#gaps.some(({ from, to }) => story.first.micros >= from && story.first.micros <= to)),
      )
    )
  }

  #say(told: DeliveredEvent, what: string): void {
    this.#wrong.push(`${told.type} ${'id' in told ? told.id : ''} ${what}`)
  }
}

function microsOf(time: string | null, otherwise: number): number {
  return time === null ? otherwise : Date.parse(time) * 1000
}
