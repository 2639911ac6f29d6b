import { ChatError, type ErrorCode, notFound } from '../../domain/errors.ts'
import type { Room as RoomModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'

/** A room of which only the ids are known. Its fields load the room when they are selected. */
export interface RoomHandle {
  readonly type: 'RoomHandle'
  readonly provider: string
  readonly nativeId: string
  /** The room as the poller read it before it delivered the event. */
  readonly polled?: PolledRoom
}

/** A room that a poller has read. */
export interface PolledRoom {
  readonly room: RoomModel
  /** Whether the event reports this state: then nothing is loaded. Otherwise it is only a fallback if loading fails. */
  readonly isEventState: boolean
}

/** The type Room; `room.ts` implements it. */
export const Room = builder.objectRef<RoomModel | RoomHandle>('Room')

/**
 * Loads a room of which only the ids are known. If the provider is temporarily unavailable while an event is delivered,
 * returns the room as the poller last read it, so that the event is not lost.
 */
export async function loadRoom(room: RoomModel | RoomHandle, ctx: Context): Promise<RoomModel> {
  if (room.type === 'Room') return room
  const { provider, nativeId, polled } = room
  if (polled?.isEventState) return polled.room
  try {
    const loaded = await ctx.loaders.rooms.load({ provider, roomId: nativeId })
    if (loaded) return loaded
  } catch (error) {
    if (polled && isTransient(error)) return polled.room
    throw error
  }
  throw notFound('room', provider)
}

/** Transient failures. All others mean that the caller may not see the room. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_ERROR'])

export function isTransient(error: unknown): boolean {
  return error instanceof ChatError && TRANSIENT.has(error.code)
}
