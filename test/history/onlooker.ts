import type { HistoryActivitySubscription, HistoryOfflineAddedSubscription } from '../generated/graphql.ts'
import type { Answer } from '../util/client.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import { Activity, OfflineAdded } from './documents.ts'
import { endingOf } from './endings.ts'
import type { Leaving, Line } from './line.ts'
import { openLine } from './open-line.ts'
import type { StageRoom } from './stage.ts'
import type { Surroundings } from './surroundings.ts'

/** Which stream of a whole account an operator follows, and how. */
export interface OnlookerPlan {
  readonly stream: 'roomActivity' | 'offlineMessageAdded'
  readonly over: 'WebSocket' | 'SSE'
}

/** One connection of an onlooker. Such streams have no cursors: each begins when it begins. Times are the script's. */
export interface Sight {
  /** Unique in the world. */
  readonly gateway: number
  readonly from: number
  /** Infinite while it lasts. */
  until: number
  /** The rooms, by global id, or the texts of the messages. */
  readonly told: { readonly at: number; readonly what: string }[]
}

type Told = HistoryActivitySubscription & HistoryOfflineAddedSubscription

const RETRY_MS = 40

/** An operator who follows a whole account, and comes back until it is told to leave. */
export class Onlooker {
  readonly name: string
  readonly plan: OnlookerPlan
  /** In order. */
  readonly sights: Sight[] = []
  /** What it was told that no fault explains. */
  readonly wrong: string[] = []
  readonly #around: Surroundings
  readonly #credentials: Credentials
  #line: Line | null = null
  #wanted = false
  #gateway = 0
  #attempt = 0

  constructor(name: string, plan: OnlookerPlan, room: StageRoom, around: Surroundings) {
    this.name = name
    this.plan = plan
    this.#around = around
    this.#credentials = credentialsOf('OPERATOR', room)
  }

  get wanted(): boolean {
    return this.#wanted
  }

  /** What it sees now; null where it is not connected. */
  get sight(): Sight | null {
    const last = this.sights.at(-1)
    return last && last.until === Number.POSITIVE_INFINITY ? last : null
  }

  /** The index of its gateway. */
  get gateway(): number {
    return this.#gateway
  }

  come(gateway: number): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#gateway = gateway
    this.#connect()
  }

  leave(how: Leaving): void {
    this.#wanted = false
    this.#attempt += 1
    this.#line?.leave(how)
    this.#over()
  }

  #connect(): void {
    this.#attempt += 1
    const attempt = this.#attempt
    const { number, url } = this.#around.gateway(this.#gateway)
    const { time, observe } = this.#around
    const sight: Sight = { gateway: number, from: time(), until: Number.POSITIVE_INFINITY, told: [] }
    this.sights.push(sight)
    const document = this.plan.stream === 'roomActivity' ? Activity : OfflineAdded
    const request = { url, ...this.#credentials, query: document.toString(), variables: {} }
    this.#line = openLine(this.plan.over, request, {
      answer: (text) => {
        if (attempt !== this.#attempt) return
        observe()
        this.#answer(sight, text)
      },
      ended: (why) => {
        if (attempt === this.#attempt) this.#ended(why)
      },
    })
  }

  #answer({ told }: Sight, text: string): void {
    const { data, errors } = JSON.parse(text) as Answer<Told>
    const what = data?.roomActivity?.id ?? data?.offlineMessageAdded?.text
    this.#around.count(`told by ${this.plan.stream}`)
    if (errors) {
      const line = this.#line
      this.#ended(JSON.stringify(errors))
      line?.leave('complete')
    } else if (what !== undefined) told.push({ at: this.#around.time(), what })
  }

  #ended(why: string): void {
    this.#attempt += 1
    const attempt = this.#attempt
    this.#over()
    const ending = endingOf(why)
    if (ending === 'senseless' || (ending === 'refused' && !this.#around.refusals.wasAccountRefused))
      this.wrong.push(`${this.name}: was refused with ${why.slice(0, 300)}`)
    setTimeout(() => {
      if (this.#wanted && attempt === this.#attempt) this.#connect()
    }, RETRY_MS)
  }

  #over(): void {
    const { sight } = this
    if (sight) sight.until = this.#around.time()
    this.#line = null
  }
}
