import type { Logger } from 'pino'
import type { CallContext, ChatAdapter, RoomActivity } from '../../domain/adapter.ts'
import { createOperatorCaller } from '../../domain/caller.ts'
import { ChatError, type ErrorCode } from '../../domain/errors.ts'
import type { Room } from '../../domain/model.ts'
import { InterruptibleSleep } from './interruptible-sleep.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'

/** Tells in which rooms something happened since a mark; null begins. */
export type ActivityReader = (mark: string | null, call: CallContext) => Promise<RoomActivity>

/** Failures that stay until somebody changes something; all others may be over with the next look. */
const LASTING: ReadonlySet<ErrorCode> = new Set(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED', 'UNSUPPORTED'])

/** However many hints come, so many milliseconds lie between two looks, or the active interval where that is less. */
const HINTS_APART_MS = 1_000

/** So many looks that fail in a row, and rooms are looked at one by one again. */
const PATIENCE = 3

export interface AccountPollerOptions {
  readonly adapter: ChatAdapter
  readonly readActivity: ActivityReader
  readonly pollInterval: PollIntervalOptions
  readonly log: Logger
  /** Something happened in rooms. */
  readonly onActivity: (activity: RoomActivity) => void
  /** It can be relied on from now on, or no more. */
  readonly onStateChange: () => void
  /** Nobody holds it any more, and nothing runs. */
  readonly onStopped: () => void
}

/**
 * The one poller of one account: it asks in which rooms something happened since it last asked. It runs while
 * anybody holds it. A look that fails loses nothing: the next one goes on from the same mark.
 */
export class AccountPoller {
  readonly #options: AccountPollerOptions
  readonly #pace: PollInterval
  readonly #alarm = new InterruptibleSleep()
  readonly #begun: Promise<void>
  #begin: () => void = () => {}
  readonly #stop = new AbortController()
  #holders = 0
  #mark: string | null = null
  #toldFrom: number | null = null
  #lookedAt: number | null = null
  #failures = 0
  #refused = false

  constructor(options: AccountPollerOptions) {
    this.#options = options
    this.#pace = new PollInterval(options.pollInterval)
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve
    })
    void this.#run()
  }

  /**
   * All that happened since this moment (`performance.now()`) has been told or will be; null while it fails. Who
   * read a room later than that needs no looks of its own.
   */
  get reliableSince(): number | null {
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
  acquire(): () => void {
    this.#holders += 1
    return () => {
      this.#holders -= 1
      if (this.#holders === 0) this.#close()
    }
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  /** Resolves when it has first been answered or refused, or is over. */
  get firstPoll(): Promise<void> {
    return this.#begun
  }

  /** Somebody came: look as often as while something happens. */
  reset(): void {
    this.#pace.reset()
    this.#alarm.wake()
  }

  /** Something may just have happened in a room: look now, if the last look is not of just now. */
  requestPoll(): void {
    this.#pace.pollNow(Math.min(HINTS_APART_MS, this.#options.pollInterval.activeMs))
    this.#alarm.wake()
  }

  #close(): void {
    this.#stop.abort()
    this.#begin()
    this.#alarm.wake()
    this.#options.onStopped()
  }

  async #run(): Promise<void> {
    while (!this.isStopped) {
      if (this.#pace.waitMs === 0) await this.#look()
      else await this.#alarm.sleep(this.#pace.waitMs)
    }
  }

  async #look(): Promise<void> {
    const { readActivity: read, log } = this.#options
    const call: CallContext = {
      caller: accountCaller,
      signal: this.#stop.signal,
      log,
      priority: 'background',
    }
    const began = performance.now()
    const before = this.reliableSince
    this.#pace.onPollStarted()
    try {
      const activity = await read(this.#mark, call)
      if (this.isStopped) return
      this.#answered(activity, began)
    } catch (error) {
      if (this.isStopped) return
      this.#failed(error)
    }
    this.#begin()
    if (this.reliableSince !== before) this.#options.onStateChange()
  }

  #answered(activity: RoomActivity, began: number): void {
    this.#mark = activity.syncToken
    // Where not all could be told, it begins anew: every room is to be read once more.
    if (this.#toldFrom === null || !activity.isComplete) this.#toldFrom = performance.now()
    this.#lookedAt = began
    this.#failures = 0
    this.#refused = false
    if (activity.rooms.length > 0 || !activity.isComplete) {
      this.#pace.reset()
      this.#options.onActivity(activity)
    }
    this.#pace.onPollSucceeded()
  }

  #failed(error: unknown): void {
    const { adapter, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    this.#failures += 1
    this.#refused = failure === null || LASTING.has(failure.code)
    this.#pace.onPollFailed(failure?.retryAfterMs ?? 0)
    const place = { provider: adapter.name, failures: this.#failures }
    if (failure) log.warn({ code: failure.code, ...place }, 'a look at what happened failed')
    else log.error({ err: error, ...place }, 'a look at what happened failed')
  }
}

/** The account's own credential, as operators come with it. */
export const accountCaller = createOperatorCaller('digest')

/**
 * A visitor's room as the account itself sees it; null where it does not, and so no digest ever names the room. Throws
 * where nobody can tell now.
 */
export async function readRoomAsAccount(
  adapter: ChatAdapter,
  roomId: string,
  call: CallContext,
): Promise<Room | null> {
  const [room = null] = await adapter.getRooms([roomId], { ...call, caller: accountCaller })
  if (room instanceof ChatError) throw room
  return room
}
