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

/** A client that subscribes to a room, records what it receives, and reconnects from its position until it is disconnected. */
export class RoomSubscriber {
  readonly plan: SubscriberPlan
  readonly room: SimulatedRoom
  readonly #context: ClientContext
  readonly #forbidden: readonly string[]
  readonly #recorder: HistoryRecorder
  readonly #credentials: Credentials
  readonly #position: ResumePoint
  #transport: Transport | null = null
  #isWanted = false
  #gateway = 0
  #attempt = 0
  #isRejected = false
  #hasReceived = false
  #failures = 0
  #sinceCut = 0
  #hasStalled = false
  #isUninterrupted = false
  readonly #texts = new Set<string>()

  /** `forbidden` are words that it must never receive. */
  constructor(
    plan: SubscriberPlan,
    room: SimulatedRoom,
    forbidden: readonly string[],
    context: ClientContext,
  ) {
    this.plan = plan
    this.room = room
    this.#forbidden = forbidden
    this.#context = context
    this.#credentials = credentialsOf(plan.role, room)
    this.#position = new ResumePoint(plan)
    const view = plan.role === 'OPERATOR' ? 'AGENTS' : 'EVERYONE'
    this.#recorder = new HistoryRecorder(
      { name: plan.name, room: room.id, view, stream: plan.stream },
      context.time,
    )
  }

  /** Whether it wants to be subscribed, connected or not. */
  get isWanted(): boolean {
    return this.#isWanted
  }

  /** Whether it ever was. */
  get hasConnected(): boolean {
    return this.#recorder.histories.length > 0
  }

  /** Whether its token is revoked. */
  get isRevoked(): boolean {
    return this.plan.role === 'VISITOR' && this.#context.revoked.isRevoked(this.room)
  }

  /** The number of the current connection; null until it has received something. */
  get receivingConnection(): number | null {
    return this.#hasReceived ? this.#attempt : null
  }

  get gateway(): number {
    return this.#gateway
  }

  /** Whether it ever stopped reading. */
  get hasStalled(): boolean {
    return this.#hasStalled
  }

  get histories(): readonly History[] {
    return this.#recorder.histories
  }

  /** Whether it received a message with this text. */
  hasReceived(text: string): boolean {
    return this.#texts.has(text)
  }

  /** Connects, or reconnects, through this gateway. */
  connect(gateway: number): void {
    if (this.#isWanted || this.#isRejected) return
    this.#isWanted = true
    this.#gateway = gateway
    this.#failures = 0
    this.#connect()
  }

  /** Disconnects, and does not reconnect. */
  disconnect(how: DisconnectMode): void {
    this.#isWanted = false
    this.#close(how)
  }

  /** Makes it read, and cut no more connections of its own. */
  stopInterrupting(): void {
    this.#isUninterrupted = true
    this.resumeReading()
  }

  pauseReading(): void {
    this.#hasStalled = true
    this.#transport?.pause()
  }

  resumeReading(): void {
    this.#transport?.resume()
  }

  #close(how: DisconnectMode): void {
    this.#attempt += 1
    const transport = this.#transport
    this.#transport = null
    if (!transport) return
    transport.disconnect(how)
    this.#recorder.record({ type: 'disconnected' })
  }

  #connect(): void {
    this.#attempt += 1
    this.#hasReceived = false
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
      if (this.#isWanted && attempt === this.#attempt) this.#reconnect()
    }, ms)
  }

  #reconnect(): void {
    if (this.plan.hops) this.#gateway = (this.#gateway + 1) % this.#context.gatewayCount
    this.#connect()
  }

  async #open(isCurrent: () => boolean): Promise<void> {
    const { number, url } = this.#context.gateway(this.#gateway)
    const cursor = this.#position.resumable
    if (cursor === null) {
      const at = this.#context.time()
      const since = Date.now()
      // With a revoked token the stream must be rejected, not the page.
      const last = this.isRevoked ? null : this.plan.page
      const page = last === null ? null : await this.#readPage(url, last)
      if (!isCurrent()) return
      const certainlyBefore = at - this.#context.clockToleranceMs()
      this.#recorder.start({ at, type: 'start', gateway: number, page, since, certainlyBefore })
      this.#position.start(page?.cursor ?? null)
    } else {
      this.#recorder.record({ type: 'resume', gateway: number, cursor })
      this.#context.count('resumes')
    }
    this.#transport = openTransport(
      this.plan.over,
      {
        url,
        ...this.#credentials,
        query: (this.plan.stream === 'roomEvents' ? Events : Added).toString(),
        variables: { room: this.room.id, after: this.#position.variable },
      },
      {
        onResult: (text, id) => {
          if (isCurrent()) this.#handleResult(text, id)
        },
        onEnd: (reason) => {
          if (isCurrent()) this.#ended(reason)
        },
      },
      { lastEventId: this.#position.lastEventId, cutAtByte: this.#isUninterrupted ? 0 : this.plan.cutAtByte },
    )
  }

  async #readPage(url: string, last: number): Promise<LoadedPage> {
    const { provider } = this.#context
    const page = await readPage(url, { provider, room: this.room.nativeId, last }, this.#credentials)
    this.#context.observe()
    return { ...page, readAt: this.#context.time() }
  }

  #handleResult(text: string, eventId: string | null): void {
    this.#context.observe()
    for (const word of this.#forbidden) if (text.includes(word)) this.#report(`received the word ${word}`)
    const result = JSON.parse(text) as OperationResult<RoomEventData>
    if (result.errors) {
      const transport = this.#transport
      this.#ended(JSON.stringify(result.errors))
      // The server may leave a stream open after an error.
      transport?.disconnect('complete')
      return
    }
    const isSame = this.#position.advance(result.data?.roomEvents?.cursor ?? null, eventId)
    if (!isSame) this.#report('an event has another id than its cursor')
    this.#receive(result.data)
  }

  #receive(data: RoomEventData | null): void {
    this.#failures = 0
    this.#hasReceived = true
    const read = data && readEvent(data, this.room.id)
    if (read) this.#record(read)
    this.#sinceCut += 1
    if (this.#isUninterrupted || this.plan.cutEvery === 0 || this.#sinceCut < this.plan.cutEvery) return
    this.#sinceCut = 0
    this.#close('cut')
    if (this.#isWanted) this.#reconnect()
  }

  #record({ event, room, cursor }: ReadEvent): void {
    if ('text' in event) this.#texts.add(event.text)
    this.#context.count(`received ${event.type}`)
    if (event.type === 'gap') this.#context.count(`gaps ${event.reason}`)
    this.#recorder.record({ type: 'event', event, room, cursor })
  }

  #ended(reason: string): void {
    this.#attempt += 1
    this.#transport = null
    this.#recorder.record({ type: 'disconnected' })
    this.#context.count('ended by the gateway')
    const ending = classifyEnding(reason)
    if (ending === 'rejected' && this.isRevoked) {
      this.#recorder.record({ type: 'rejected' })
      this.#context.count('streams of a revoked token ended')
      this.#isRejected = true
      this.#isWanted = false
      return
    }
    const isOfAccount = this.plan.role === 'OPERATOR' && this.#context.revoked.wasAccountRevoked
    if (ending === 'unexpected' || (ending === 'rejected' && !isOfAccount))
      this.#report(`was rejected with ${reason.slice(0, 300)}`)
    // Where messages may be missing, `messageAdded` yields an error and continues; this client ends it and starts anew.
    if (ending === 'overflow' && this.plan.stream === 'messageAdded') this.#position.reset()
    this.#retry()
  }

  #report(detail: string): void {
    this.#recorder.record({ type: 'violation', detail })
  }
}
