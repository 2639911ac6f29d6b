import type { HistoryEventsSubscription, HistoryMessagesSubscription } from '../generated/graphql.ts'
import type { Answer } from '../util/client.ts'
import { Book } from './book.ts'
import { type Credentials, credentialsOf, readPage } from './credentials.ts'
import { Added, Events } from './documents.ts'
import type { History, PageRead, Told } from './heard.ts'
import { type Leaving, type Line, openSocketLine, openSseLine } from './line.ts'
import type { StageRoom } from './stage.ts'
import { type AddedMessage, toldBy, versionTold } from './telling.ts'

/** Who subscribes to what, and how. */
export interface SubscriberPlan {
  readonly name: string
  readonly role: 'OPERATOR' | 'VISITOR'
  readonly stream: History['stream']
  readonly over: 'WebSocket' | 'SSE'
  /** How many messages the page shows behind which it begins; null begins now. */
  readonly page: number | null
  /** Cuts its connection behind every so many events, and comes back at once; 0 never does. */
  readonly cutEvery: number
}

/** The world as a subscriber needs it. */
export interface Surroundings {
  readonly provider: string
  /** The script's clock, in milliseconds. */
  readonly time: () => number
  /** For how many milliseconds before it a beginning now may tell: a gateway knows a strange clock by the second. */
  readonly vagueMs: number
  readonly gateway: (index: number) => { readonly number: number; readonly url: string }
  /** Has the truth look at the provider: whatever is told from now on was committed before. */
  readonly observe: () => void
  readonly count: (what: string) => void
}

type RoomEvents = HistoryEventsSubscription['roomEvents']

const RETRY_MS = 10
const LONGEST_RETRY_MS = 160
/** Refusals that no fault of a provider explains. */
const UNEXPECTED = new Set(['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT', 'UNSUPPORTED'])

/** A client that subscribes, writes down all that it is told, and comes back wherever it was until it is told to leave. */
export class Subscriber {
  readonly plan: SubscriberPlan
  readonly room: StageRoom
  readonly #around: Surroundings
  readonly #foreign: readonly string[]
  readonly #book: Book
  readonly #credentials: Credentials
  #line: Line | null = null
  #wanted = false
  #gateway = 0
  #attempt = 0
  #cursor: string | null = null
  #failures = 0
  #sinceCut = 0
  #stalled = false
  #isSteady = false
  readonly #texts = new Set<string>()

  /** `foreign` are words that may never reach it. */
  constructor(plan: SubscriberPlan, room: StageRoom, foreign: readonly string[], around: Surroundings) {
    this.plan = plan
    this.room = room
    this.#foreign = foreign
    this.#around = around
    this.#credentials = credentialsOf(plan.role, room)
    const view = plan.role === 'OPERATOR' ? 'AGENTS' : 'EVERYONE'
    this.#book = new Book({ name: plan.name, room: room.id, view, stream: plan.stream }, around.time)
  }

  /** Whether it wants to be subscribed. */
  get wanted(): boolean {
    return this.#wanted
  }

  /** Whether it ever wanted to. */
  get hasCome(): boolean {
    return this.#book.histories.length > 0
  }

  get gateway(): number {
    return this.#gateway
  }

  /** Whether it has stopped reading at some time. */
  get stalled(): boolean {
    return this.#stalled
  }

  get histories(): readonly History[] {
    return this.#book.histories
  }

  /** Whether it was told of a message of this text. */
  hasHeard(text: string): boolean {
    return this.#texts.has(text)
  }

  /** Comes, or comes back, through this gateway. */
  come(gateway: number): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#gateway = gateway
    this.#failures = 0
    this.#connect()
  }

  /** Goes; where it was going to connect it does not. */
  leave(how: Leaving): void {
    this.#wanted = false
    this.#hangUp(how)
  }

  /** From now on it reads, and cuts no connection of its own. */
  settle(): void {
    this.#isSteady = true
    this.readOn()
  }

  stall(): void {
    this.#stalled = true
    this.#line?.pause()
  }

  readOn(): void {
    this.#line?.readOn()
  }

  #hangUp(how: Leaving): void {
    this.#attempt += 1
    const line = this.#line
    this.#line = null
    if (!line) return
    line.leave(how)
    this.#book.write({ what: 'left' })
  }

  #connect(): void {
    this.#attempt += 1
    const attempt = this.#attempt
    const isCurrent = () => attempt === this.#attempt
    this.#open(isCurrent).catch(() => {
      if (isCurrent()) this.#retry()
    })
  }

  #retry(): void {
    const attempt = this.#attempt
    this.#failures += 1
    const ms = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** this.#failures)
    setTimeout(() => {
      if (this.#wanted && attempt === this.#attempt) this.#connect()
    }, ms)
  }

  async #open(isCurrent: () => boolean): Promise<void> {
    const { number, url } = this.#around.gateway(this.#gateway)
    // Without a cursor of the stream's own there is nothing to come back to: that is another beginning.
    if (this.plan.stream === 'messageAdded') this.#cursor = null
    if (this.#cursor === null) {
      const at = this.#around.time()
      const since = Date.now()
      const page = this.plan.page === null ? null : await this.#readPage(url, this.plan.page)
      if (!isCurrent()) return
      const surelyBefore = at - this.#around.vagueMs
      this.#book.begin({ at, what: 'start', gateway: number, page, since, surelyBefore })
      this.#cursor = page?.cursor ?? null
    } else {
      this.#book.write({ what: 'resume', gateway: number, cursor: this.#cursor })
      this.#around.count('resumes')
    }
    const open = this.plan.over === 'SSE' ? openSseLine : openSocketLine
    const document = this.plan.stream === 'roomEvents' ? Events : Added
    this.#line = open(
      {
        url,
        ...this.#credentials,
        query: document.toString(),
        variables: { room: this.room.id, after: this.#cursor },
      },
      {
        answer: (text) => {
          if (isCurrent()) this.#answer(text)
        },
        ended: (why) => {
          if (isCurrent()) this.#ended(why)
        },
      },
    )
  }

  async #readPage(url: string, last: number): Promise<PageRead> {
    const { provider } = this.#around
    const page = await readPage(url, { provider, room: this.room.nativeId, last }, this.#credentials)
    this.#around.observe()
    return { ...page, readAt: this.#around.time() }
  }

  #answer(text: string): void {
    this.#around.observe()
    for (const word of this.#foreign) if (text.includes(word)) this.#wrong(`it got the words ${word}`)
    const answer = JSON.parse(text) as Answer<HistoryEventsSubscription & HistoryMessagesSubscription>
    if (answer.errors) this.#ended(JSON.stringify(answer.errors))
    else this.#take(answer.data)
  }

  #take(data: (HistoryEventsSubscription & HistoryMessagesSubscription) | null): void {
    this.#failures = 0
    if (data?.messageAdded) this.#added(data.messageAdded)
    else if (data?.roomEvents) this.#event(data.roomEvents)
    this.#sinceCut += 1
    if (this.#isSteady || this.plan.cutEvery === 0 || this.#sinceCut < this.plan.cutEvery) return
    this.#sinceCut = 0
    this.#hangUp('cut')
    if (this.#wanted) this.#connect()
  }

  #added(message: AddedMessage): void {
    this.#note(versionTold('added', message), this.room.id, null)
  }

  #event(event: RoomEvents): void {
    this.#cursor = event.cursor
    const told = toldBy(event)
    if (told.type === 'gap') this.#around.count(`gaps ${told.reason}`)
    this.#note(told, event.room.id, event.cursor)
  }

  #note(told: Told, room: string, cursor: string | null): void {
    if ('text' in told) this.#texts.add(told.text)
    this.#around.count(`told ${told.type}`)
    this.#book.write({ what: 'event', told, room, cursor })
  }

  #ended(why: string): void {
    this.#attempt += 1
    this.#line = null
    this.#book.write({ what: 'left' })
    const code = /"code":"(\w+)"/.exec(why)?.[1]
    if (code !== undefined && UNEXPECTED.has(code)) this.#wrong(`it was refused with ${why.slice(0, 300)}`)
    this.#around.count('ended by the other side')
    this.#retry()
  }

  #wrong(detail: string): void {
    this.#book.write({ what: 'wrong', detail })
  }
}
