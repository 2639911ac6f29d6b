import type { Participant, QueuePlace } from './model.ts'

/**
 * A signal that a provider pushes: it is valid when it arrives, and never stored or repeated. `Typing` without a further
 * signal ends by itself after TYPING_EXPIRES_MS. `queue` is null where the room is no longer queued.
 */
export type PushedSignal =
  | { readonly type: 'Typing'; readonly participant: Participant; readonly typing: boolean }
  | { readonly type: 'Seen'; readonly participant: Participant; readonly upTo: Date }
  | { readonly type: 'Queue'; readonly queue: QueuePlace | null }

/** Milliseconds after which a participant counts as no longer typing: no provider says that a client has died. */
export const TYPING_EXPIRES_MS = 10_000

/** A signal with its room. */
export interface RoomSignal {
  readonly provider: string
  readonly roomId: string
  readonly signal: PushedSignal
}
