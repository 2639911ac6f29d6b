import type { PushedChange } from '../../domain/push.ts'
import type { ActiveRoom, NewestMessage } from '../../domain/rooms.ts'
import type { Timeline } from '../changes/timeline.ts'
import { accountCaller } from './account-poller.ts'
import { markAuthorized } from './authorization.ts'
import type { ContentReceiver } from './content-receiver.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { PushReceiver } from './push-receiver.ts'
import type { RoomPolls } from './room-polls.ts'
import type { RoomReplication } from './room-replication.ts'
import type { RoomStateContinuity } from './room-state-continuity.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

export interface HintReceiverOptions {
  readonly timeline: Timeline
  readonly states: RoomStateTracker
  readonly schedule: PollSchedule
  readonly subscribers: RoomSubscribers
  readonly push: PushReceiver
  readonly content: ContentReceiver
  readonly replication: RoomReplication
  readonly continuity: RoomStateContinuity
  readonly polls: RoomPolls
  /** Something may be due now. */
  readonly onProgress: () => void
}

/**
 * Takes in what suggests that one room has changed, besides its polls and its push: webhooks, mutations, and the rows of the
 * account poller.
 */
export class HintReceiver {
  readonly #options: HintReceiverOptions

  constructor(options: HintReceiverOptions) {
    this.#options = options
  }

  /**
   * The room may have changed; with `isRoomChanged`, its own state certainly has; with `isAddition`, only new messages came.
   * Polls now, or soon unless the provider pushes the change. Where another process reads the room, that one gets the hint too.
   */
  requestPoll({ isRoomChanged = false, isAddition = false } = {}): void {
    const { replication, continuity, schedule, push, states, onProgress } = this.#options
    if (replication.isFollower) {
      if (isRoomChanged) continuity.onChanged()
      return
    }
    if (schedule.push.isServing) {
      schedule.push.expectPush()
      if (isRoomChanged) push.expectRoomState()
    } else {
      if (isRoomChanged) states.expectChange()
      schedule.pollNow({ isAddition })
    }
    onProgress()
  }

  /**
   * Changes of messages that a webhook contains, in a view that this poller serves. They are delivered unless they are known,
   * after the poll that is due, if one is. While push serves the room they are a hint, so that polls still judge the push.
   */
  applyChanges(changes: readonly PushedChange[]): void {
    const { schedule, replication, content, onProgress } = this.#options
    if (schedule.push.isServing || !replication.receivesAllHints) {
      this.requestPoll()
      return
    }
    const messages = changes.filter((change) => change.type === 'Message' || change.type === 'MessageDeleted')
    content.receive(messages)
    if (messages.length < changes.length) this.requestPoll()
    onProgress()
  }

  /** The account poller reports activity in the room, which it therefore covers; `room` is in the operators' view. */
  onActivity({ room, newestMessage }: Pick<ActiveRoom, 'room' | 'newestMessage'>): void {
    const { subscribers, replication, schedule, continuity, content, states, timeline } = this.#options
    // The provider has just shown the room to the account, whose credential all operators read with.
    if (room) markAuthorized(subscribers.active, accountCaller)
    replication.deliverHeld()
    schedule.setCovered(true)
    if (replication.isFollower) {
      continuity.onRow(room)
      content.onFollowedRow(newestMessage ?? null)
      return
    }
    const isRoomChanged = states.onListed(room)
    if (!schedule.push.isServing) {
      this.#onRow(newestMessage ?? null, isRoomChanged)
      return
    }
    content.resetRows()
    const isKnown = room?.lastActivityAt != null && room.lastActivityAt.getTime() <= timeline.newestAtMs
    if (!isKnown) this.requestPoll({ isRoomChanged })
    else if (isRoomChanged) this.#options.push.expectRoomState()
  }

  #onRow(newest: NewestMessage | null, isRoomChanged: boolean): void {
    const { content, schedule, polls, onProgress } = this.#options
    const result = content.onRow(newest, !isRoomChanged)
    if (result === 'NEEDS_READ') this.requestPoll({ isRoomChanged })
    // The row shows more than the poll was requested for.
    if (result === 'COMPLETE' && schedule.settleAdditions()) polls.abortRegular()
    onProgress()
  }
}
