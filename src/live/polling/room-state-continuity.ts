import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Room } from '../../domain/model.ts'
import { roomViews } from '../../domain/room-view.ts'
import type { AccountPoller } from './account-poller.ts'
import type { RoomNotices } from './room-notices.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'

/** A report counts for the process that takes the room over this many milliseconds later at most. */
const MAX_REPORT_AGE_MS = 10_000

export interface RoomStateContinuityOptions {
  readonly adapter: ChatAdapter
  /** The account poller that reports changes of the room; null where the account has none. */
  readonly accountPoller: AccountPoller | null
  readonly notices: RoomNotices
  readonly states: RoomStateTracker
}

/**
 * Decides whether a follower that takes a room over must read the room's state. It need not where the former process reported
 * that it knew the state when it stopped, and where everything that has happened since shows here.
 */
export class RoomStateContinuity {
  readonly #options: RoomStateContinuityOptions
  /** What the account poller last reported of the room while another process read it; undefined where it reported nothing. */
  #row: Room | null | undefined
  /** Whether a webhook or a mutation has changed the room since its state was last shared. */
  #isChanged = false

  constructor(options: RoomStateContinuityOptions) {
    this.#options = options
  }

  /** The account poller has reported the room while another process reads it; null where it is no longer active. */
  onRow(room: Room | null): void {
    this.#row = room
  }

  /** The room's state has certainly changed while another process reads it. */
  onChanged(): void {
    this.#isChanged = true
  }

  /** The process that reads the room has shared its state. */
  onShared(): void {
    this.#isChanged = false
  }

  /** This process reads the room from now on, after it has followed another one. */
  takeOver(): void {
    const { states, accountPoller, adapter } = this.#options
    // Where it differs from what is known, the room is read after the next poll.
    if (this.#row !== undefined) states.onListed(this.#row)
    this.#row = undefined
    const currentViews = this.#isChanged ? [] : this.#reportedViews
    this.#isChanged = false
    for (const view of roomViews) {
      const state = states.inView(view)
      if (!currentViews.includes(view)) state.markSuspect()
      else if (state.known.room) state.vouch()
    }
    // What was pushed in between is lost; the account's rows show it.
    if (adapter.push) accountPoller?.requestPoll()
  }

  /** The views whose state the former process knew, where all that has happened since shows here. */
  get #reportedViews() {
    const { accountPoller, adapter, notices } = this.#options
    const report = notices.stateReport
    if (report === null || performance.now() - report.receivedAt > MAX_REPORT_AGE_MS) return []
    if (accountPoller === null) return adapter.push ? [] : report.currentViews
    const { reliableSince } = accountPoller
    return reliableSince !== null && reliableSince <= report.receivedAt ? report.currentViews : []
  }
}
