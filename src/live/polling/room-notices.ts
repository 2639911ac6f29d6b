import type { LiveLog } from '../../coordination/live-log.ts'
import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import type { Message } from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { AuthorizedCaller, RoomReport } from '../replication/notice.ts'
import { encodeNotice, type Notice } from '../replication/notice.ts'
import type { RoomReports, StateReport } from './room-reports.ts'

/** The room's part in what processes share. */
export interface RoomSharing {
  readonly liveLog: LiveLog
  /** The name of the room's log. */
  readonly logName: string
  /** A keyed hash of a caller's credential, the same in all processes. It does not reveal the credential. */
  readonly hashCaller: (caller: Caller) => string
  /** What processes that stopped have reported. */
  readonly reports: RoomReports
}

export interface RoomNoticesOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  /** The view of the room that the poller serves; null where the provider shows all callers the same. */
  readonly view: RoomView | null
  /** Null where nothing is shared. */
  readonly sharing: RoomSharing | null
}

/** What a room's poller tells the other processes, and what those that stopped have reported of the room. */
export class RoomNotices {
  readonly #options: RoomNoticesOptions

  constructor(options: RoomNoticesOptions) {
    this.#options = options
  }

  /** Tells the other processes something about the room. It may be lost. */
  send(noticeOf: (log: string) => Notice): void {
    const { sharing } = this.#options
    const text = sharing && encodeNotice(noticeOf(sharing.logName))
    if (sharing && text !== null) sharing.liveLog.send(text)
  }

  /** Sends new messages to the process that reads the room; where there are none, it only reads. */
  hint(messages: readonly Message[]): void {
    const { adapter, roomId, view } = this.#options
    const changes = messages.map((message) => ({ type: 'Message', message }) as const)
    const hint = { provider: adapter.name, roomId, view, isRoomChanged: false, isAddition: true, changes }
    this.send(() => ({ type: 'Hint', ...hint }))
  }

  /** Identifies a caller in notices, without revealing its credential; empty where nothing is shared. */
  hashCaller(caller: Caller): string {
    return this.#options.sharing?.hashCaller(caller) ?? ''
  }

  /**
   * When the provider last accepted this caller's credential for the room (`performance.now()`), as a process that stopped has
   * reported; null where none has.
   */
  reportedAuthorization(caller: Caller): number | null {
    const { sharing } = this.#options
    if (sharing === null || sharing.reports.isEmpty) return null
    return sharing.reports.authorizedAt(sharing.logName, sharing.hashCaller(caller))
  }

  /** What this process, which stops, reports of the room; nothing where nothing is shared. */
  report(authorized: readonly AuthorizedCaller[], currentViews: readonly RoomView[]): readonly RoomReport[] {
    const { sharing } = this.#options
    return sharing ? [{ log: sharing.logName, authorized, currentViews }] : []
  }

  /** What was reported of the caller does not hold any more: the provider has refused its credential for the room. */
  forgetReport(caller: Caller): void {
    const { sharing } = this.#options
    sharing?.reports.forget(sharing.logName, sharing.hashCaller(caller))
  }

  /** What the process that read the room before has reported of its state; null where none has. */
  get stateReport(): StateReport | null {
    const { sharing } = this.#options
    return sharing?.reports.stateOf(sharing.logName) ?? null
  }
}
