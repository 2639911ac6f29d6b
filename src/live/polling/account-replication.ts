import type { LiveLog } from '../../coordination/live-log.ts'
import type { LogAppend, LogContents, LogEntry } from '../../coordination/live-log-store.ts'
import type { LogMember, LogMembership } from '../../coordination/log-membership.ts'
import type { RoomActivity } from '../../domain/rooms.ts'
import { decodeAccountLogEntry, encodeAccountLogEntry } from '../replication/account-log-entry.ts'
import { encodeNotice, type Notice } from '../replication/notice.ts'

/** The sync token is saved with activity, and at most this many milliseconds after the last time. */
const SAVE_INTERVAL_MS = 5_000
/** The polls of a former holder are continued this long after it has last saved its sync token: others may follow them. */
const MAX_CONTINUED_MS = 2 * SAVE_INTERVAL_MS
/** Without a notice for twice the time until its next poll, and this long, the holder's polls count as failing. */
const MAX_DELAY_MS = 3_000

export interface AccountReplicationOptions {
  readonly liveLog: LiveLog
  /** The name of the account's log. */
  readonly name: string
  /** Activity that another process has found. */
  readonly onActivity: (activity: Omit<RoomActivity, 'syncToken'>) => void
  /** The role of this process has changed, or a poll of the holder has succeeded. */
  readonly onChange: () => void
  /** Another process asks for a poll, or may have asked. */
  readonly onPollRequested: () => void
}

/**
 * One account's part in the shared log. The process that holds the log polls the account and logs the rooms with activity; the
 * others take them from there.
 */
export class AccountReplication implements LogMember {
  readonly #options: AccountReplicationOptions
  readonly #membership: LogMembership
  #isFollower = false
  #mustContinue = false
  #hasPolled = false
  /** `performance.now()` when this process began to follow after own polls; null once another poll has started after that. */
  #completeFrom: number | null = null
  #end: Pick<LogEntry, 'epoch' | 'sequence'> = { epoch: '', sequence: 0 }
  #epoch = ''
  #syncToken: string | null = null
  #savedAt = Number.NEGATIVE_INFINITY
  #reliableSince: number | null = null
  #continuedSince: number | null = null
  /** `performance.now()` when the holder's last poll was announced; null before the first. */
  #announcedAt: number | null = null
  #holderLatencyMs = 0

  constructor(options: AccountReplicationOptions) {
    this.#options = options
    this.#membership = options.liveLog.join(options.name, this)
  }

  /** Whether another process polls the account. */
  get isFollower(): boolean {
    return this.#isFollower
  }

  /** `performance.now()` since which all activity that the holder finds arrives here; null while its polls fail. */
  get reliableSince(): number | null {
    return this.unreliableInMs > 0 ? this.#reliableSince : null
  }

  /**
   * `performance.now()` since which all activity has arrived here, where this process continues the polls of another one with that
   * one's sync token; null where it does not.
   */
  get continuedSince(): number | null {
    return this.#continuedSince
  }

  /** Milliseconds since the holder's last poll; null before the first one is known. */
  get lagMs(): number | null {
    return this.#announcedAt === null ? null : performance.now() - this.#announcedAt
  }

  /** Milliseconds from the holder's last poll to its next one. */
  get latencyMs(): number | null {
    return this.#announcedAt === null ? null : this.#holderLatencyMs
  }

  /** Milliseconds after which the holder's polls count as failing, unless a notice comes; 0 while they do, and before the first. */
  get unreliableInMs(): number {
    const lagMs = this.lagMs ?? Number.POSITIVE_INFINITY
    return Math.max(0, 2 * this.#holderLatencyMs + MAX_DELAY_MS - lagMs)
  }

  /** Resolves when the role of this process is known. */
  attach(): Promise<void> {
    return this.#membership.attach()
  }

  /**
   * The sync token from which the polls of another process are continued, once after this one has followed it; null where this
   * process has its own, LOST where the token is not known.
   */
  async takeSyncToken(): Promise<string | 'LOST' | null> {
    if (!this.#mustContinue) return null
    this.#mustContinue = false
    if (this.#syncToken !== null) return this.#syncToken
    const saved = await this.#membership.loadSnapshot().catch(() => null)
    return saved?.content ?? 'LOST'
  }

  /**
   * Whether this process polls once more although another one polls the account from now on: what that one has found since the
   * last own poll was not received here.
   */
  get mustComplete(): boolean {
    return this.#completeFrom !== null
  }

  /** A poll of this process succeeded that started at `startedAt` (`performance.now()`); the next one is due in `latencyMs`. */
  onPolled(activity: RoomActivity, startedAt: number, latencyMs: number): void {
    this.#hasPolled = true
    if (startedAt >= (this.#completeFrom ?? 0)) this.#completeFrom = null
    if (this.#membership.role !== 'HOLDER') return
    this.#syncToken = activity.syncToken
    const isNews = activity.rooms.length > 0 || !activity.isComplete
    if (isNews) this.#end = { epoch: this.#epoch, sequence: this.#end.sequence + 1 }
    const content = isNews ? encodeAccountLogEntry({ type: 'Activity', activity }) : null
    const entries = content === null ? [] : [{ sequence: this.#end.sequence, content }]
    const isDue = isNews || performance.now() - this.#savedAt > SAVE_INTERVAL_MS
    if (isDue) {
      this.#savedAt = performance.now()
      this.#membership.append(entries, this.createSnapshot())
    }
    this.#send({ type: 'AccountPolled', log: this.#options.name, latencyMs })
  }

  /** Asks the process that polls the account to poll it now. */
  requestPoll(): void {
    this.#send({ type: 'AccountPollWanted', log: this.#options.name })
  }

  onNotice(notice: Notice): void {
    if (notice.type === 'AccountPollWanted' && !this.#isFollower) this.#options.onPollRequested()
    if (notice.type !== 'AccountPolled' || !this.#isFollower) return
    this.#announcedAt = performance.now()
    this.#holderLatencyMs = notice.latencyMs
    this.#reliableSince ??= this.#announcedAt
    this.#options.onChange()
  }

  leave(): void {
    this.#membership.leave()
  }

  onAttached(role: 'HOLDER' | 'FOLLOWER', epoch: string, contents: LogContents): void {
    const { snapshot, entries, changedMsAgo } = contents
    if (this.#isFollower) this.#catchUp(contents)
    const last = entries.at(-1)
    const isEntryLast = last && last.sequence > (snapshot?.sequence ?? 0)
    this.#end = last ?? snapshot ?? { epoch, sequence: 0 }
    this.#syncToken = (isEntryLast ? syncTokenOf(last) : snapshot?.content) ?? null
    const isContinued = !this.#hasPolled && changedMsAgo !== null && changedMsAgo < MAX_CONTINUED_MS
    const mustComplete = role === 'FOLLOWER' && !this.#isFollower && this.#hasPolled
    this.#completeFrom = mustComplete ? performance.now() : null
    this.#mustContinue = role === 'HOLDER' && (this.#isFollower || isContinued)
    this.#setFollowing(role === 'FOLLOWER', epoch)
  }

  /** Takes in what was logged since this process has received entries; where some are gone, any room may have had activity. */
  #catchUp({ snapshot, entries }: LogContents): void {
    const missed = entries.filter(({ sequence }) => sequence > this.#end.sequence)
    const newest = Math.max(this.#end.sequence, missed.at(-1)?.sequence ?? 0, snapshot?.sequence ?? 0)
    if (newest !== this.#end.sequence + missed.length)
      this.#options.onActivity({ rooms: [], isComplete: false })
    this.onEntries(missed)
  }

  onEntries(entries: readonly LogEntry[]): void {
    for (const { epoch, sequence, content } of entries) {
      this.#end = { epoch, sequence }
      const entry = decodeAccountLogEntry(content)
      // Where another version of the gateway has written it, any room may have had activity.
      this.#syncToken = entry?.activity.syncToken ?? null
      this.#options.onActivity(entry?.activity ?? { rooms: [], isComplete: false })
    }
  }

  onPromoted(epoch: string): void {
    this.#mustContinue = true
    this.#completeFrom = null
    this.#setFollowing(false, epoch, this.reliableSince)
  }

  onDemoted(): void {
    this.#setFollowing(true, '')
  }

  onAlone(): void {
    this.#mustContinue ||= this.#isFollower
    this.#setFollowing(false, '')
  }

  onNoticesMissed(): void {
    this.#options.onPollRequested()
  }

  createSnapshot(): LogAppend['snapshot'] {
    return this.#syncToken === null ? null : { ...this.#end, content: this.#syncToken }
  }

  #send(notice: Notice): void {
    const text = encodeNotice(notice)
    if (text !== null) this.#options.liveLog.send(text)
  }

  #setFollowing(isFollower: boolean, epoch: string, continuedSince: number | null = null): void {
    this.#epoch = epoch
    this.#isFollower = isFollower
    this.#continuedSince = continuedSince
    this.#reliableSince = null
    this.#announcedAt = null
    this.#options.onChange()
  }
}

function syncTokenOf({ content }: LogEntry): string | null {
  return decodeAccountLogEntry(content)?.activity.syncToken ?? null
}
