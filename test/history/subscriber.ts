import type { Answer } from '../util/client.ts'
import { Book } from './book.ts'
import { type Credentials, credentialsOf, readPage } from './credentials.ts'
import { Added, Events } from './documents.ts'
import { endingOf } from './endings.ts'
import type { History, PageRead } from './heard.ts'
import type { Leaving, Line } from './line.ts'
import { openLine } from './open-line.ts'
import { Place } from './place.ts'
import type { StageRoom } from './stage.ts'
import type { SubscriberPlan } from './subscriber-plan.ts'
import type { Surroundings } from './surroundings.ts'
import { type RoomAnswer, type ToldEvent, toldIn } from './telling.ts'

const RETRY_MS = 10
const LONGEST_RETRY_MS = 160

/** A client that subscribes, writes down all that it is told, and comes back wherever it was until it is told to leave. */
export class Subscriber {
  readonly plan: SubscriberPlan
  readonly room: StageRoom
  readonly #around: Surroundings
  readonly #foreign: readonly string[]
  readonly #book: Book
  readonly #credentials: Credentials
  readonly #place: Place
  #line: Line | null = null
  #wanted = false
  #gateway = 0
  #attempt = 0
  #isTurnedAway = false
  #isTold = false
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
    this.#place = new Place(plan)
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

  /** Whether its token is refused: it is told so, or was. */
  get isRevoked(): boolean {
    return this.plan.role === 'VISITOR' && this.#around.refusals.isRevoked(this.room)
  }

  /** Which of its connections this is, by a number; null until it has been told something there. */
  get established(): number | null {
    return this.#isTold ? this.#attempt : null
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
    if (this.#wanted || this.#isTurnedAway) return
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
    this.#isTold = false
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
    const cursor = this.#place.resumable
    if (cursor === null) {
      const at = this.#around.time()
      const since = Date.now()
      // Who is refused is to be refused the stream.
      const last = this.isRevoked ? null : this.plan.page
      const page = last === null ? null : await this.#readPage(url, last)
      if (!isCurrent()) return
      const surelyBefore = at - this.#around.vagueMs
      this.#book.begin({ at, what: 'start', gateway: number, page, since, surelyBefore })
      this.#place.begin(page?.cursor ?? null)
    } else {
      this.#book.write({ what: 'resume', gateway: number, cursor })
      this.#around.count('resumes')
    }
    this.#line = openLine(
      this.plan.over,
      {
        url,
        ...this.#credentials,
        query: (this.plan.stream === 'roomEvents' ? Events : Added).toString(),
        variables: { room: this.room.id, after: this.#place.variable },
      },
      {
        answer: (text, id) => {
          if (isCurrent()) this.#answer(text, id)
        },
        ended: (why) => {
          if (isCurrent()) this.#ended(why)
        },
      },
      { lastEventId: this.#place.lastEventId, cutAtByte: this.#isSteady ? 0 : this.plan.cutAtByte },
    )
  }

  async #readPage(url: string, last: number): Promise<PageRead> {
    const { provider } = this.#around
    const page = await readPage(url, { provider, room: this.room.nativeId, last }, this.#credentials)
    this.#around.observe()
    return { ...page, readAt: this.#around.time() }
  }

  #answer(text: string, eventId: string | null): void {
    this.#around.observe()
    for (const word of this.#foreign) if (text.includes(word)) this.#wrong(`it got the words ${word}`)
    const answer = JSON.parse(text) as Answer<RoomAnswer>
    if (answer.errors) {
      const line = this.#line
      this.#ended(JSON.stringify(answer.errors))
      // A stream may go on behind an error.
      line?.leave('complete')
      return
    }
    const isPlain = this.#place.reach(answer.data?.roomEvents?.cursor ?? null, eventId)
    if (!isPlain) this.#wrong('an event has another id than its cursor')
    this.#take(answer.data)
  }

  #take(data: RoomAnswer | null): void {
    this.#failures = 0
    this.#isTold = true
    const event = data && toldIn(data, this.room.id)
    if (event) this.#note(event)
    this.#sinceCut += 1
    if (this.#isSteady || this.plan.cutEvery === 0 || this.#sinceCut < this.plan.cutEvery) return
    this.#sinceCut = 0
    this.#hangUp('cut')
    if (this.#wanted) this.#connect()
  }

  #note({ told, room, cursor }: ToldEvent): void {
    if ('text' in told) this.#texts.add(told.text)
    this.#around.count(`told ${told.type}`)
    if (told.type === 'gap') this.#around.count(`gaps ${told.reason}`)
    this.#book.write({ what: 'event', told, room, cursor })
  }

  #ended(why: string): void {
    this.#attempt += 1
    this.#line = null
    this.#book.write({ what: 'left' })
    this.#around.count('ended by the other side')
    const ending = endingOf(why)
    if (ending === 'refused' && this.isRevoked) {
      this.#book.write({ what: 'refused' })
      this.#around.count('streams of a revoked token ended')
      this.#isTurnedAway = true
      this.#wanted = false
      return
    }
    const isOfAccount = this.plan.role === 'OPERATOR' && this.#around.refusals.wasAccountRefused
    if (ending === 'senseless' || (ending === 'refused' && !isOfAccount))
      this.#wrong(`it was refused with ${why.slice(0, 300)}`)
    // A stream of messages ends where some may be missing: behind the same cursor it would end again.
    if (ending === 'lost' && this.plan.stream === 'messageAdded') this.#place.lose()
    this.#retry()
  }

  #wrong(detail: string): void {
    this.#book.write({ what: 'wrong', detail })
  }
}
