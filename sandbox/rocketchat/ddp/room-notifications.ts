import type { Message } from '../model.ts'
import { findRoom } from '../workspace/rooms.ts'
import type { Typing, Workspace } from '../workspace/workspace.ts'
import type { DdpContext } from './context.ts'
import { readRecord, readText } from './read-value.ts'
import type { DdpSession, MethodOutcome } from './session.ts'
import type { Streams } from './streams.ts'

export const NOTIFY_ROOM = 'stream-notify-room'

/**
 * Sends deletions (docs/providers/rocketchat.md 7.2), and what somebody inside the process types. The returned function
 * stops it.
 */
export function publishRoomNotifications(workspace: Workspace, streams: Streams): () => void {
  const onDeleted = ({ _id, rid }: Message): void => {
    // One that is kept as `rm` is sent as a message instead.
    if (workspace.messages.get(_id)?.t !== 'rm') streams.emit(NOTIFY_ROOM, `${rid}/deleteMessage`, [{ _id }])
  }
  const onPruned = ({ rid, ts }: Message): void => {
    // A retention policy names a span of time, and no ids. Both ends are exclusive.
    const span = { $gt: new Date(ts.getTime() - 1), $lt: new Date(ts.getTime() + 1) }
    const bulk = { rid, excludePinned: false, ignoreDiscussion: true, ts: span, users: [] }
    streams.emit(NOTIFY_ROOM, `${rid}/deleteMessageBulk`, [bulk])
  }
  const onTyping = (typing: Typing): void => publishTyping(workspace, streams, typing)
  workspace.events.on('deleted', onDeleted)
  workspace.events.on('pruned', onPruned)
  workspace.events.on('typing', onTyping)
  return () => {
    workspace.events.off('deleted', onDeleted)
    workspace.events.off('pruned', onPruned)
    workspace.events.off('typing', onTyping)
  }
}

/** Sends what a client writes that speaks the newest event of the release. A visitor's client sends its token along. */
function publishTyping(workspace: Workspace, streams: Streams, typing: Typing): void {
  const { rid, name, isTyping, token } = typing
  const event = workspace.profile.typingEvents.includes('user-activity') ? 'user-activity' : 'typing'
  const state = event === 'typing' ? isTyping : activitiesOf(isTyping)
  const args = [name, state, ...(token === undefined ? [] : [{ token }])]
  emitTyping(workspace, streams, null, `${rid}/${event}`, args)
}

/**
 * The method `stream-notify-room`: passes on what a client types. A refusal is a result without an error, and nothing is sent
 * (docs/providers/rocketchat.md 20).
 */
export function notifyRoom(
  { workspace, streams }: DdpContext,
  session: DdpSession,
  [eventName, ...args]: readonly unknown[],
): MethodOutcome {
  if (typeof eventName === 'string' && mayNotify(workspace, session, eventName, args)) {
    emitTyping(workspace, streams, session, eventName, args)
  }
  return {}
}

/**
 * Sends an event to all readers but the sending connection, unchanged: also the visitor's token. Releases with both typing
 * events send the other one too.
 */
function emitTyping(
  { profile }: Workspace,
  streams: Streams,
  sender: DdpSession | null,
  eventName: string,
  args: readonly unknown[],
): void {
  const emit = (name: string, sent: readonly unknown[]): void => {
    streams.emit(NOTIFY_ROOM, name, ({ session }) => (session === sender ? null : sent))
  }
  emit(eventName, args)
  if (profile.typingEvents.length < 2) return
  const [rid, event] = eventName.split('/')
  const [name, state, ...options] = args
  if (event === 'typing') emit(`${rid}/user-activity`, [name, activitiesOf(state === true), ...options])
  else if (Array.isArray(state) && (state.length === 0 || state.includes('user-typing'))) {
    emit(`${rid}/typing`, [name, state.length > 0])
  }
}

function activitiesOf(isTyping: boolean): readonly string[] {
  return isTyping ? ['user-typing'] : []
}

/** Access to the room is not tested for agents. */
function mayNotify(
  workspace: Workspace,
  { login }: DdpSession,
  eventName: string,
  [name, , options]: readonly unknown[],
): boolean {
  const { profile, settings, agents } = workspace
  const [rid = '', event] = eventName.split('/')
  if (!profile.typingEvents.some((typingEvent) => typingEvent === event)) return false
  const token = readText(readRecord(options), 'token')
  if (token !== undefined) return findRoom(workspace, token, rid) !== undefined
  const user = agents.get(login?.userId ?? '')
  return user !== undefined && name === (settings.UI_Use_Real_Name ? user.name : user.username)
}
