import type { Logger } from 'pino'
import type { Call, ChatAdapter, RoomActivity } from '../chat/adapter.ts'
import { operatorCaller } from '../chat/caller.ts'
import { ChatError, type ErrorCode } from '../chat/errors.ts'
import type { Room } from '../chat/model.ts'
import { Alarm } from './alarm.ts'
import { Pace, type PaceOptions } from './pace.ts'

/** Tells in which rooms something happened since a mark; null begins. */
export type ReadActivity = (mark: string | null, call: Call) => Promise<RoomActivity>

/** Failures that stay until somebody changes something; all others may be over with the next look. */
const LASTING: ReadonlySet<ErrorCode> = new Set(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED', 'UNSUPPORTED'])

/** However many hints come, so many milliseconds lie between two looks, or the active interval where that is less. */
const HINTS_APART_MS = 1_000

/** So many looks that fail in a row, and rooms are looked at one by one again. */
const PATIENCE = 3

export interface DigestOptions {
  readonly adapter: ChatAdapter
  readonly read: ReadActivity
  readonly pace: PaceOptions
  readonly log: Logger
  /** Something happened in rooms. */
  readonly onActivity: (activity: RoomActivity) => void
  /** It can be relied on from now on, or no more. */
  readonly onTurn: () => void
  /** Nobody holds it any more, and nothing runs. */
  readonly onOver: () => void
}

/**
 * The one poller of one account: it asks in which rooms something happened since it last asked. It runs while
 * anybody holds it. A look that fails loses nothing: the next one goes on from the same mark.
 */
export class Digest {
  readonly #options: DigestOptions
  readonly #pace: Pace
  readonly #alarm = new Alarm()
  readonly #begun: Promise<void>
  #begin: () => void = () => {}
  readonly #stop = new AbortController()
  #holders = 0
  #mark: string | null = null
  #toldFrom: number | null = null
  #lookedAt: number | null = null
  #failures = 0
  #refused = false

  constructor(options: DigestOptions) {
    this.#options = options
    this.#pace = new Pace(options.pace)
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve
    })
    void this.#run()
  }

  /**
   * All that happened since this moment (`performance.now()`) has been told or will be; null while it fails. Who
   * read a room later than that needs no looks of its own.
   */
  get toldFrom(): number | null {
    return this.#refused || this.#failures >= PATIENCE ? null : this.#toldFrom
  }

  /** Milliseconds since the last look that was answered began; null before the first. */
  get lagMs(): number | null {
    return this.#lookedAt === null ? null : performance.now() - this.#lookedAt
  }

  /** Milliseconds from that look to the one that is due next. */
  get latencyMs(): number | null {
    return this.lagMs === null ? null : this.lagMs + this.#pace.waitMs
  }

  /** Keeps it running until the returned function is called, once. */
  hold(): () => void {
    this.#holders += 1
    return () => {
      this.#holders -= 1
      if (this.#holders === 0) this.#close()
    }
  }

  get isOver(): boolean {
    return this.#stop.signal.aborted
  }

  /** Resolves when it has first been answered or refused, or is over. */
  get begun(): Promise<void> {
    return this.#begun
  }

  /** Somebody came: look as often as while something happens. */
  quicken(): void {
    this.#pace.quicken()
    this.#alarm.ring()
  }

  /** Something may just have happened in a room: look now, if the last look is not of just now. */
  hint(): void {
    this.#pace.hurry(Math.min(HINTS_APART_MS, this.#options.pace.activeMs))
    this.#alarm.ring()
  }

  #close(): void {
    this.#stop.abort()
    this.#begin()
    this.#alarm.ring()
    this.#options.onOver()
  }

  async #run(): Promise<void> {
    while (!this.isOver) {
      if (this.#pace.waitMs === 0) await this.#look()
      else await this.#alarm.wait(this.#pace.waitMs)
    }
  }

  async #look(): Promise<void> {
    const { read, log } = this.#options
    const call: Call = { caller: digestCaller, signal: this.#stop.signal, log, background: true }
    const began = performance.now()
    const before = this.toldFrom
    this.#pace.begin()
    try {
      const activity = await read(this.#mark, call)
      if (this.isOver) return
      this.#answered(activity, began)
    } catch (error) {
      if (this.isOver) return
      this.#failed(error)
    }
    this.#begin()
    if (this.toldFrom !== before) this.#options.onTurn()
  }

  #answered(activity: RoomActivity, began: number): void {
    this.#mark = activity.mark
    // Where not all could be told, it begins anew: every room is to be read once more.
    if (this.#toldFrom === null || !activity.complete) this.#toldFrom = performance.now()
    this.#lookedAt = began
    this.#failures = 0
    this.#refused = false
    if (activity.rooms.length > 0 || !activity.complete) {
      this.#pace.quicken()
      this.#options.onActivity(activity)
    }
    this.#pace.answered()
  }

  #failed(error: unknown): void {
    const { adapter, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    this.#failures += 1
    this.#refused = failure === null || LASTING.has(failure.code)
    this.#pace.failed(failure?.retryAfterMs ?? 0)
    const place = { provider: adapter.name, failures: this.#failures }
    if (failure) log.warn({ code: failure.code, ...place }, 'a look at what happened failed')
    else log.error({ err: error, ...place }, 'a look at what happened failed')
  }
}

/** The account's own credential, as operators come with it. */
export const digestCaller = operatorCaller('digest')

/**
 * A visitor's room as the account itself sees it; null where it does not, and so no digest ever names the room. Throws
 * where nobody can tell now.
 */
export async function roomOfAccount(adapter: ChatAdapter, roomId: string, call: Call): Promise<Room | null> {
  const [room = null] = await adapter.getRooms([roomId], { ...call, caller: digestCaller })
  if (room instanceof ChatError) throw room
  return room
}
