import { MAX_COMMIT_DELAY_MICROS } from '../../cursor/read-state.ts'
import { hashRoomState, type RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { MessagePage } from '../../domain/messages.ts'
import type { Message, Room } from '../../domain/model.ts'
import { roomViewOf } from '../../domain/room-view.ts'
import { providerOf } from '../access/provider-access.ts'
import type { Context } from '../context.ts'
import type { RoomHandle } from '../room/room-ref.ts'

/**
 * Returns the version of the room's state for the cursors of a page: that of the room which the same operation has loaded, or
 * null if it does not load the room. Makes no call. The room was read before the page. If the page shows or may hide a system
 * message that is newer than that read, a subscriber that continues from the cursor must verify the state.
 */
export async function loadedRoomStateVersion(
  of: Room | RoomHandle,
  page: MessagePage,
  ctx: Context,
): Promise<RoomStateVersion | null> {
  const room = await loadedRoom(of, ctx)
  if (!room) return null
  const isEventState = of.type === 'RoomHandle' && of.polled?.isEventState === true
  const readMicros = 1000 * (ctx.loaders.createdAt + providerOf(of, ctx).clockSkewMs())
  const isOutdated = isEventState || mayPredate(page, readMicros - MAX_COMMIT_DELAY_MICROS)
  return {
    view: roomViewOf(ctx.call.caller.role),
    hash: hashRoomState(room),
    resend: isOutdated ? 'VERIFY' : 'NONE',
  }
}

/** The room that this operation loads, if any. A load that fails makes its own fields fail, and not the page. */
async function loadedRoom(of: Room | RoomHandle, { loaders }: Context): Promise<Room | null> {
  if (of.type === 'Room') return of
  if (of.polled?.isEventState) return of.polled.room
  const pending = loaders.pendingRoom({ provider: of.provider, roomId: of.nativeId })
  return pending ? pending.catch(() => null) : null
}

/** Whether the page, or the messages before it, may contain a change of the room's state after that time. */
function mayPredate({ messages, hasEarlier }: MessagePage, sinceMicros: number): boolean {
  const isRecent = ({ position }: Message) => position.micros >= sinceMicros
  const [oldest] = messages
  if (hasEarlier && oldest && isRecent(oldest)) return true
  return messages.some((message) => (message.kind === 'SYSTEM' || message.reopens) && isRecent(message))
}
