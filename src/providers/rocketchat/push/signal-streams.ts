import type { Participant } from '../../../domain/model.ts'
import type { PushedSignal } from '../../../domain/signals.ts'
import { fieldOf, readNonEmptyString, readNumber, readString } from '../../shared/read-document.ts'
import type { KnownParticipants } from './known-participants.ts'
import type { StreamSpec } from './shared-subscription.ts'

const TYPING = 'user-typing'
const NOTHING: readonly PushedSignal[] = []

/** Event of a room in which clients say what their users do (docs/providers/rocketchat.md 20). */
export function activityEvent(roomId: string): string {
  return `${roomId}/user-activity`
}

/** The activities of a user that types, or does nothing. */
export function toActivities(typing: boolean): readonly string[] {
  return typing ? [TYPING] : []
}

/** Maps the signals of a room (docs/providers/rocketchat.md 20). */
export class SignalStreams {
  readonly #known: KnownParticipants

  constructor(known: KnownParticipants) {
    this.#known = known
  }

  /** What the room's visitor receives: typing of agents, and its place in the queue. */
  ofVisitor(roomId: string): readonly StreamSpec<PushedSignal>[] {
    return [
      { ...this.#typing(roomId, false), provesAccess: true },
      // Only servers with a licence report the queue.
      { stream: 'stream-livechat-room', event: roomId, need: 'optional', read: readQueue },
    ]
  }

  /** What operators receive: typing of the visitor and of agents. */
  ofAccount(roomId: string): readonly StreamSpec<PushedSignal>[] {
    return [this.#typing(roomId, true)]
  }

  #typing(roomId: string, showsVisitor: boolean): StreamSpec<PushedSignal> {
    return {
      stream: 'stream-notify-room',
      event: activityEvent(roomId),
      need: 'required',
      read: ([sender, activities, credential]) => {
        const name = readNonEmptyString(sender)
        if (name === null || !Array.isArray(activities)) return NOTHING
        // The server passes on the visitor's token to all. It shows who types, and must not leave the adapter.
        // Releases that translate the older event leave it out: then the name shows who types.
        const isVisitor =
          readString(fieldOf(credential, 'token')) !== null || this.#known.isVisitor(roomId, name)
        if (isVisitor && !showsVisitor) return NOTHING
        const participant: Participant = isVisitor
          ? this.#known.visitorOf(roomId, name)
          : this.#known.agentOf(name)
        return [{ type: 'Typing', participant, typing: activities.includes(TYPING) }]
      },
    }
  }
}

/** Changes of the place in the queue. An agent that takes the room ends its wait, and so does an event without a place. */
function readQueue([event]: readonly unknown[]): readonly PushedSignal[] {
  const type = fieldOf(event, 'type')
  const data = fieldOf(event, 'data')
  if (type === 'agentData' || (type === 'queueData' && (data === undefined || data === null))) {
    return [{ type: 'Queue', queue: null }]
  }
  if (type !== 'queueData') return NOTHING
  const position = readNumber(fieldOf(data, 'spot'))
  const seconds = readNumber(fieldOf(data, 'estimatedWaitTimeSeconds'))
  if (position === null && seconds === null) return NOTHING
  const estimatedWaitMs = seconds === null ? null : seconds * 1000
  return [{ type: 'Queue', queue: { position, estimatedWaitMs, since: null } }]
}
