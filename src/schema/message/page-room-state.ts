import { MAX_COMMIT_DELAY_MICROS } from '../../cursor/read-state.ts'
import { hashRoomState, type RoomStateVersion, roomViewOf } from '../../cursor/room-state-version.ts'
import type { ChatAdapter, MessagePage } from '../../domain/adapter.ts'
import type { Message, Room } from '../../domain/model.ts'
import type { Context } from '../context.ts'
import type { RoomHandle } from '../node.ts'

/**
 * What the cursors of a page say of the room's own state: what the same operation has loaded of the room, without a call of
 * its own. The room was read before the page. Where the page shows, or hides, a system message that may be newer than that
 * read, whoever goes on from there must have the state verified. Null where the operation does not load the room.
 */
export async function loadedRoomStateVersion(
  of: Room | RoomHandle,
  page: MessagePage,
  adapter: ChatAdapter,
  ctx: Context,
): Promise<RoomStateVersion | null> {
  const room = await loadedRoom(of, ctx)
  if (!room) return null
  const isReported = of.type === 'RoomHandle' && of.polled?.isEventState === true
  const readMicros = 1000 * (ctx.loaders.createdAt + adapter.clockSkewMs())
  const isOld = isReported || mayPredate(page, readMicros - MAX_COMMIT_DELAY_MICROS)
  return {
    view: roomViewOf(ctx.call.caller.role),
    hash: hashRoomState(room),
    resend: isOld ? 'VERIFY' : 'NONE',
  }
}

/** The room as this operation shows it. A load that fails costs its own fields, not the page. */
async function loadedRoom(of: Room | RoomHandle, { loaders }: Context): Promise<Room | null> {
  if (of.type === 'Room') return of
  if (of.polled?.isEventState) return of.polled.room
  const requested = loaders.pendingRoom({ provider: of.provider, roomId: of.nativeId })
  return requested ? requested.catch(() => null) : null
}

/** Whether a change of the room since that time may be told of in the page, or before it. */
function mayPredate({ messages, hasEarlier }: MessagePage, sinceMicros: number): boolean {
  const isRecent = ({ position }: Message) => position.micros >= sinceMicros
  const [oldest] = messages
  if (hasEarlier && oldest && isRecent(oldest)) return true
  return messages.some((message) => (message.kind === 'SYSTEM' || message.reopens) && isRecent(message))
}
