import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_PUSH_TIMES } from '../../src/live/push/push-times.ts'
import { checkHistories } from '../simulation/assertions/check-histories.ts'
import type { ClientContext } from '../simulation/clients/client-context.ts'
import { RoomSubscriber } from '../simulation/clients/room-subscriber.ts'
import type { SubscriberPlan } from '../simulation/clients/subscriber-plan.ts'
import { RevokedCredentials } from '../simulation/driver/revoked-credentials.ts'
import type {
  ProviderAction,
  SimulatedProvider,
  SimulatedRoom,
} from '../simulation/driver/simulated-provider.ts'
import type { History } from '../simulation/oracle/history.ts'
import { type Commit, Ledger } from '../simulation/oracle/ledger.ts'

/** Messages of the page that each subscriber reads and starts from. */
const PAGE = 5
const TEST_EVERY_MS = 20
/** A client that has not received a message after this long may have subscribed later: another one is sent. */
const ROUND_MS = 1_000

/** How one client watches a room. */
export interface WatchOptions {
  /** The number of the room. */
  readonly room: number
  readonly role: SubscriberPlan['role']
  readonly over?: SubscriberPlan['over']
  /** The gateway or load balancer to connect to, at every connection. */
  readonly url: () => string
}

/** Whom to wait for, and the least number of messages that each room gets meanwhile, one a second. */
export interface WaitOptions {
  readonly clients?: readonly RoomSubscriber[]
  readonly rounds?: number
}

/** What the clients of all rooms received, compared with what the provider committed. */
export interface WatchReport {
  /** What did not arrive, as text: messages, edits and deletions. */
  readonly lost: readonly string[]
  /** What arrived again, out of order, or otherwise wrong. */
  readonly wrong: readonly string[]
  /** Changes that may be missing because a gap covers them, or because a cursor does not reach as far back. */
  readonly uncovered: number
  /** The number of gaps by reason. */
  readonly gaps: Readonly<Record<string, number>>
}

/** One arrival of a message at one client. Times are in milliseconds of the same clock. */
export interface Arrival {
  readonly client: string
  readonly room: string
  readonly message: string
  readonly committedAt: number
  readonly arrivedAt: number
}

/** Rooms of a provider, what was committed to them, and the clients that watch them. */
export class WatchedRooms {
  readonly provider: SimulatedProvider
  readonly #ledger = new Ledger()
  readonly #clients: RoomSubscriber[] = []
  readonly #revoked: RevokedCredentials
  readonly #timers = new Set<NodeJS.Timeout>()
  #serial = 0
  #connections = 0

  constructor(provider: SimulatedProvider) {
    this.provider = provider
    this.#revoked = new RevokedCredentials(provider)
    for (const room of provider.rooms) this.#observe(room)
  }

  get clients(): readonly RoomSubscriber[] {
    return this.#clients
  }

  /** Sends a message with a unique text at the provider, and returns the text. */
  send(room: number): string {
    this.#serial += 1
    const text = `r${room}: ${this.#serial}`
    this.#perform(this.#room(room), { type: 'send', by: 'agent', text })
    return text
  }

  /** Connects a client, which reads a page and subscribes after it, and reconnects with its cursor. */
  watch({ room, role, over = 'WebSocket', url }: WatchOptions): RoomSubscriber {
    const plan: SubscriberPlan = {
      name: `c${this.#clients.length}`,
      role,
      stream: 'roomEvents',
      over,
      page: PAGE,
      cutEvery: 0,
      cutAtByte: 0,
      hops: false,
      resumesBy: over === 'SSE' ? 'Last-Event-ID' : 'variable',
    }
    const client = new RoomSubscriber(plan, this.#room(room), [], this.#context(url))
    this.#clients.push(client)
    client.connect(0)
    return client
  }

  /** Writes in every room at random moments, this many milliseconds apart; `changes`: every fifth time an edit or a deletion. */
  startActivity({ minMs, maxMs, changes }: { minMs: number; maxMs: number; changes: boolean }): void {
    const actAfter = (room: number, ms: number) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        if (!changes || Math.random() < 0.8) this.send(room)
        else this.#change(room)
        actAfter(room, minMs + Math.random() * (maxMs - minMs))
      }, ms)
      this.#timers.add(timer)
    }
    for (const room of this.provider.rooms.keys()) actAfter(room, Math.random() * maxMs)
  }

  stopActivity(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  /**
   * Sends a message to every room, until each client has received one of these, and so many times in any case; then waits for
   * the last of them, so that nothing is under way. Resolves with the names of the clients that lack it after `ms` milliseconds.
   */
  async waitForAll(
    ms: number,
    { clients = this.#clients, rounds = 1 }: WaitOptions = {},
  ): Promise<readonly string[]> {
    const end = performance.now() + ms
    const texts = new Map(this.provider.rooms.map(({ id }) => [id, new Set<string>()]))
    const hasReceived = (client: RoomSubscriber) =>
      [...(texts.get(client.room.id) ?? [])].some((text) => client.hasReceived(text))
    let late: readonly RoomSubscriber[] = clients
    for (let round = 0; (late.length > 0 || round < rounds) && performance.now() < end; round += 1) {
      for (const [index, { id }] of this.provider.rooms.entries()) texts.get(id)?.add(this.send(index))
      const next = performance.now() + ROUND_MS
      while ((late.length > 0 || round + 1 < rounds) && performance.now() < next) {
        await sleep(TEST_EVERY_MS)
        late = late.filter((client) => !hasReceived(client))
      }
    }
    const lacksLast = (client: RoomSubscriber) => {
      const last = [...(texts.get(client.room.id) ?? [])].at(-1)
      return last === undefined || !client.hasReceived(last)
    }
    late = clients.filter(lacksLast)
    while (late.length > 0 && performance.now() < end) {
      await sleep(TEST_EVERY_MS)
      late = late.filter(lacksLast)
    }
    return late.map(({ plan }) => plan.name)
  }

  disconnectAll(): void {
    for (const client of this.#clients) client.disconnect('close')
  }

  /** Every arrival of an added message so far. */
  arrivals(): readonly Arrival[] {
    const addedById = new Map(
      this.#ledger.commits
        .filter(({ type }) => type === 'added')
        .map((commit) => [commit.message.id, commit]),
    )
    return this.#histories().flatMap(({ name, room, entries }) =>
      entries.flatMap((entry) => {
        if (entry.type !== 'event' || entry.event.type !== 'added') return []
        const commit = addedById.get(entry.event.id)
        if (!commit) return []
        return { client: name, room, message: entry.event.id, committedAt: commit.at, arrivedAt: entry.at }
      }),
    )
  }

  /** Compares what arrived with everything that was committed so far. */
  report(): WatchReport {
    const lost: string[] = []
    const wrong: string[] = []
    let uncovered = 0
    for (const { id } of this.provider.rooms) {
      const commits = this.#ledger.commits.filter(({ room }) => room === id).map(renumber)
      const histories = this.#histories().filter(({ room }) => room === id)
      const { violations, allowedGaps } = checkHistories({
        commits,
        states: this.#ledger.states.filter(({ room }) => room === id),
        histories,
        connected: new Set(this.#clients.flatMap(({ histories }) => histories.at(-1)?.name ?? [])),
        requiredCommits: commits.length,
        viewsByRole: this.provider.viewsByRole,
        stalled: new Set(),
        disturbances: [],
        maxHoldMs: DEFAULT_PUSH_TIMES.maxHoldMs,
        isLogShared: false,
      })
      for (const violation of violations)
        (violation.includes('did not receive') ? lost : wrong).push(violation)
      uncovered += Object.values(allowedGaps).reduce((sum, count) => sum + count, 0)
    }
    return { lost, wrong, uncovered, gaps: this.#gaps() }
  }

  #gaps(): Record<string, number> {
    const gaps: Record<string, number> = {}
    for (const { entries } of this.#histories())
      for (const entry of entries)
        if (entry.type === 'event' && entry.event.type === 'gap')
          gaps[entry.event.reason] = (gaps[entry.event.reason] ?? 0) + 1
    return gaps
  }

  #histories(): readonly History[] {
    return this.#clients.flatMap(({ histories }) => histories)
  }

  #room(number: number): SimulatedRoom {
    const room = this.provider.rooms[number]
    if (!room) throw new Error(`there is no room ${number}`)
    return room
  }

  /** Edits or deletes one of the newest messages. */
  #change(number: number): void {
    const room = this.#room(number)
    const ids = this.provider.storedMessages(room).filter(({ isDeleted }) => !isDeleted)
    const id = ids.at(-1 - Math.floor(Math.random() * Math.min(10, ids.length)))?.id
    if (id === undefined) return
    this.#serial += 1
    if (Math.random() < 0.5) this.#perform(room, { type: 'delete', id, how: 'removed' })
    else this.#perform(room, { type: 'edit', id, text: `r${number}: ${this.#serial} edited` })
  }

  #perform(room: SimulatedRoom, action: ProviderAction): void {
    this.provider.perform(room, action)
    this.#observe(room)
  }

  #observe(room: SimulatedRoom): void {
    const at = performance.now()
    this.#ledger.observe(room.id, this.provider.storedMessages(room), at)
    for (const view of ['AGENTS', 'EVERYONE'] as const) {
      const state = this.provider.stateOf(room, view)
      this.#ledger.observeState({ at, room: room.id, view, state, hasNoMessage: false })
    }
  }

  #context(url: () => string): ClientContext {
    return {
      provider: this.provider.provider,
      time: () => performance.now(),
      clockToleranceMs: () => 0,
      gatewayCount: 1,
      // Which gateway serves a connection is not known: each counts as another one.
      gateway: () => {
        this.#connections += 1
        return { number: this.#connections, url: url() }
      },
      observe: () => {},
      count: () => {},
      revoked: this.#revoked,
    }
  }
}

/** The checks take the order of a commit for its index. */
function renumber(commit: Commit, order: number): Commit {
  return { ...commit, order }
}
