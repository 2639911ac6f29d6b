import type { OperationResult } from '../../support/graphql-client.ts'
import type { SimulatedRoom } from '../driver/simulated-provider.ts'
import type { History, LoadedPage } from '../oracle/history.ts'
import type { ClientContext } from './client-context.ts'
import { type Credentials, credentialsOf, readPage } from './credentials.ts'
import { Added, Events } from './documents.ts'
import { HistoryRecorder } from './history-recorder.ts'
import { openTransport } from './open-transport.ts'
import { type ReadEvent, type RoomEventData, readEvent } from './read-event.ts'
import { ResumePoint } from './resume-point.ts'
import { classifyEnding } from './stream-endings.ts'
import type { SubscriberPlan } from './subscriber-plan.ts'
import type { DisconnectMode, Transport } from './transport.ts'

const RETRY_MS = 10
const LONGEST_RETRY_MS = 160

/** A client that subscribes, writes down all that it is told, and comes back wherever it was until it is told to leave. */
export class RoomSubscriber {
  readonly plan: SubscriberPlan
  readonly room: SimulatedRoom
  readonly #around: ClientContext
  readonly #foreign: readonly string[]
  readonly #book: HistoryRecorder
  readonly #credentials: Credentials
  readonly #place: ResumePoint
  #line: Transport | null = null
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
  constructor(plan: SubscriberPlan, room: SimulatedRoom, foreign: readonly string[], around: ClientContext) {
    this.plan = plan
    this.room = room
    this.#foreign = foreign
    this.#around = around
    this.#credentials = credentialsOf(plan.role, room)
    this.#place = new ResumePoint(plan)
    const view = plan.role === 'OPERATOR' ? 'AGENTS' : 'EVERYONE'
    this.#book = new HistoryRecorder(
      { name: plan.name, room: room.id, view, stream: plan.stream },
      around.time,
    )
  }

  /** Whether it wants to be subscribed. */
  get isWanted(): boolean {
    return this.#wanted
  }

  /** Whether it ever wanted to. */
  get hasConnected(): boolean {
    return this.#book.histories.length > 0
  }

  /** Whether its token is refused: it is told so, or was. */
  get isRevoked(): boolean {
    return this.plan.role === 'VISITOR' && this.#around.revoked.isRevoked(this.room)
  }

  /** Which of its connections this is, by a number; null until it has been told something there. */
  get receivingConnection(): number | null {
    return this.#isTold ? this.#attempt : null
  }

  get gateway(): number {
    return this.#gateway
  }

  /** Whether it has stopped reading at some time. */
  get hasStalled(): boolean {
    return this.#stalled
  }

  get histories(): readonly History[] {
    return this.#book.histories
  }

  /** Whether it was told of a message of this text. */
  hasReceived(text: string): boolean {
    return this.#texts.has(text)
  }

  /** Comes, or comes back, through this gateway. */
  connect(gateway: number): void {
    if (this.#wanted || this.#isTurnedAway) return
    this.#wanted = true
    this.#gateway = gateway
    this.#failures = 0
    this.#connect()
  }

  /** Goes; where it was going to connect it does not. */
  disconnect(how: DisconnectMode): void {
    this.#wanted = false
    this.#hangUp(how)
  }

  /** From now on it reads, and cuts no connection of its own. */
  stopInterrupting(): void {
    this.#isSteady = true
    this.resumeReading()
  }

  pauseReading(): void {
    this.#stalled = true
    this.#line?.pause()
  }

  resumeReading(): void {
    this.#line?.resume()
  }

  #hangUp(how: DisconnectMode): void {
    this.#attempt += 1
    const line = this.#line
    this.#line = null
    if (!line) return
    line.disconnect(how)
    this.#book.record({ what: 'left' })
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
      const surelyBefore = at - this.#around.clockToleranceMs
      this.#book.start({ at, what: 'start', gateway: number, page, since, surelyBefore })
      this.#place.start(page?.cursor ?? null)
    } else {
      this.#book.record({ what: 'resume', gateway: number, cursor })
      this.#around.count('resumes')
    }
    this.#line = openTransport(
      this.plan.over,
      {
        url,
        ...this.#credentials,
        query: (this.plan.stream === 'roomEvents' ? Events : Added).toString(),
        variables: { room: this.room.id, after: this.#place.variable },
      },
      {
        onResult: (text, id) => {
          if (isCurrent()) this.#answer(text, id)
        },
        onEnd: (why) => {
          if (isCurrent()) this.#ended(why)
        },
      },
      { lastEventId: this.#place.lastEventId, cutAtByte: this.#isSteady ? 0 : this.plan.cutAtByte },
    )
  }

  async #readPage(url: string, last: number): Promise<LoadedPage> {
    const { provider } = this.#around
    const page = await readPage(url, { provider, room: this.room.nativeId, last }, this.#credentials)
    this.#around.observe()
    return { ...page, readAt: this.#around.time() }
  }

  #answer(text: string, eventId: string | null): void {
    this.#around.observe()
    for (const word of this.#foreign) if (text.includes(word)) this.#wrong(`it got the words ${word}`)
    const answer = JSON.parse(text) as OperationResult<RoomEventData>
    if (answer.errors) {
      const line = this.#line
      this.#ended(JSON.stringify(answer.errors))
      // A stream may go on behind an error.
      line?.disconnect('complete')
      return
    }
    const isPlain = this.#place.advance(answer.data?.roomEvents?.cursor ?? null, eventId)
    if (!isPlain) this.#wrong('an event has another id than its cursor')
    this.#take(answer.data)
  }

  #take(data: RoomEventData | null): void {
    this.#failures = 0
    this.#isTold = true
    const event = data && readEvent(data, this.room.id)
    if (event) this.#note(event)
    this.#sinceCut += 1
    if (this.#isSteady || this.plan.cutEvery === 0 || this.#sinceCut < this.plan.cutEvery) return
    this.#sinceCut = 0
    this.#hangUp('cut')
    if (this.#wanted) this.#connect()
  }

  #note({ event: told, room, cursor }: ReadEvent): void {
    if ('text' in told) this.#texts.add(told.text)
    this.#around.count(`told ${told.type}`)
    if (told.type === 'gap') this.#around.count(`gaps ${told.reason}`)
    this.#book.record({ what: 'event', told, room, cursor })
  }

  #ended(why: string): void {
    this.#attempt += 1
    this.#line = null
    this.#book.record({ what: 'left' })
    this.#around.count('ended by the other side')
    const ending = classifyEnding(why)
    if (ending === 'refused' && this.isRevoked) {
      this.#book.record({ what: 'refused' })
      this.#around.count('streams of a revoked token ended')
      this.#isTurnedAway = true
      this.#wanted = false
      return
    }
    const isOfAccount = this.plan.role === 'OPERATOR' && this.#around.revoked.wasAccountRevoked
    if (ending === 'senseless' || (ending === 'refused' && !isOfAccount))
      this.#wrong(`it was refused with ${why.slice(0, 300)}`)
    // A stream of messages ends where some may be missing: behind the same cursor it would end again.
    if (ending === 'lost' && this.plan.stream === 'messageAdded') this.#place.reset()
    this.#retry()
  }

  #wrong(detail: string): void {
    this.#book.record({ what: 'wrong', detail })
  }
}
