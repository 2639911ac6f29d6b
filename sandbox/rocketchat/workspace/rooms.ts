import { codedError, plainError } from '../errors.ts'
import type { Agent, Room, UserRef, Visitor } from '../model.ts'
import { nextAgent } from './agents.ts'
import { saveSystemMessage } from './messages.ts'
import { removeMembers, subscribe } from './subscriptions.ts'
import { sendTranscript } from './transcripts.ts'
import { refOf, type Workspace } from './workspace.ts'

/** The options of a new room. */
export interface RoomPlan {
  readonly _id?: string
  readonly source: Room['source']
  readonly departmentId?: string | undefined
  /** The preferred agent, if online. Without one the server chooses. */
  readonly agentId?: string | null | undefined
}

/** The visitor's room with this id; rooms of others count as absent (docs/providers/rocketchat.md 1). */
export function findRoom(workspace: Workspace, token: string, rid: string): Room | undefined {
  const room = workspace.rooms.get(rid)
  return room?.v.token === token ? room : undefined
}

/** The visitor's open room, the oldest where a race made two. */
export function findOpenRoom(workspace: Workspace, token: string): Room | undefined {
  return [...workspace.rooms.values()].find((room) => room.open && room.v.token === token)
}

/**
 * Throws the errors of every new room and every send: omnichannel off, contact blocked
 * (docs/providers/rocketchat.md 1.1).
 */
export function checkChannel(workspace: Workspace, token: string): void {
  if (!workspace.settings.Livechat_enabled) throw codedError('error-omnichannel-is-disabled')
  if (workspace.blocked.has(token)) throw plainError('error-contact-channel-blocked')
}

/**
 * Opens a room for a visitor, and assigns it to an agent or queues it. Throws `no-agent-online` where no agent can
 * take it.
 */
export async function requestRoom(
  workspace: Workspace,
  visitor: Visitor,
  plan: RoomPlan,
): Promise<{ readonly room: Room; readonly newRoom: boolean }> {
  checkChannel(workspace, visitor.token)
  const departmentId = plan.departmentId ?? visitor.department
  const online = chooseAgent(workspace, departmentId, plan.agentId)
  const agent = workspace.settings.Livechat_Routing_Method === 'Auto_Selection' ? online : undefined
  if (!online && !workspace.settings.Livechat_accept_chats_with_no_agents) {
    throw codedError('no-agent-online', 'Sorry, no online agents')
  }
  await workspace.gate.pass()
  const rival = workspace.profile.oneOpenRoom ? findOpenRoom(workspace, visitor.token) : undefined
  if (rival) return { room: rival, newRoom: false }
  return { room: openRoom(workspace, visitor, { ...plan, departmentId }, agent), newRoom: true }
}

/** Opens a room without checks, and writes its first messages. */
export function openRoom(workspace: Workspace, visitor: Visitor, plan: RoomPlan, agent?: Agent): Room {
  const now = new Date(workspace.host.now())
  const { _id, username, token, status, name, phone } = visitor
  const room: Room = {
    _id: plan._id ?? workspace.host.newId(),
    t: 'l',
    fname: name ?? username,
    ts: now,
    lm: now,
    msgs: 0,
    usersCount: agent ? 2 : 1,
    open: true,
    waitingResponse: true,
    v: {
      _id,
      username,
      token,
      status,
      ...(name !== undefined && { name }),
      ...(phone?.[0] && { phone: phone[0].phoneNumber }),
    },
    source: plan.source,
    queuedAt: now,
    ...(plan.departmentId !== undefined && { departmentId: plan.departmentId }),
    ...(agent && { servedBy: { _id: agent._id, username: agent.username, ts: now } }),
    _updatedAt: now,
  }
  workspace.rooms.set(room._id, room)
  if (workspace.profile.lastChat) {
    const known = workspace.visitors.get(token)
    if (known) workspace.visitors.set(token, { ...known, lastChat: { _id: room._id, ts: now } })
  }
  if (agent) subscribe(workspace, room._id, agent._id)
  if (workspace.profile.startedMessage) {
    saveSystemMessage(workspace, room._id, 'livechat-started', refOf(visitor))
  }
  if (agent) saveSystemMessage(workspace, room._id, 'command', refOf(agent), { msg: 'connected' })
  const opened = workspace.rooms.get(room._id) ?? room
  workspace.events.emit('opened', opened)
  return opened
}

/**
 * Closes a room with a `livechat-close` message; a visitor's one carries their token (docs/providers/rocketchat.md
 * 2). Every subscription of it goes (docs/providers/rocketchat.md 8).
 */
export function closeRoom(
  workspace: Workspace,
  room: Room,
  closer: {
    readonly kind: Room['closer'] & string
    readonly by: UserRef
    readonly comment: string
    readonly tags?: readonly string[]
  },
): Room {
  const now = new Date(workspace.host.now())
  saveSystemMessage(workspace, room._id, 'livechat-close', closer.by, {
    msg: closer.comment,
    ...(closer.kind === 'visitor' && { token: room.v.token }),
  })
  if (workspace.settings.Livechat_enable_transcript) {
    saveSystemMessage(workspace, room._id, 'command', closer.by, { msg: 'promptTranscript' })
  }
  const { open: _open, ...rest } = workspace.rooms.get(room._id) ?? room
  // The union of the three, whatever the department demands (docs/providers/rocketchat.md 14.2).
  const closingTags = workspace.departments.get(room.departmentId ?? '')?.chatClosingTags ?? []
  const tags = [...new Set([...(closer.tags ?? []), ...(rest.tags ?? []), ...closingTags])]
  const closed: Room = {
    ...rest,
    closedAt: now,
    closer: closer.kind,
    closedBy: refOf(closer.by),
    ...(tags.length > 0 && { tags }),
    metrics: { ...rest.metrics, ...durations(rest, now) },
    _updatedAt: now,
  }
  // First, so that members do not receive the closed room: its last state may not arrive (docs/providers/rocketchat.md 21.4).
  removeMembers(workspace, room._id)
  workspace.rooms.set(room._id, closed)
  workspace.strandedRooms.delete(room._id)
  if (closed.transcriptRequest) sendTranscript(workspace, closed, closed.transcriptRequest.email)
  workspace.events.emit('closed', closed)
  return closed
}

/** Seconds since the room was opened, and since its agent took it. */
function durations({ ts, servedBy }: Room, closedAt: Date) {
  const secondsSince = (time: Date) => (closedAt.getTime() - time.getTime()) / 1000
  return {
    chatDuration: secondsSince(ts),
    ...(servedBy && { serviceTimeDuration: secondsSince(servedBy.ts) }),
  }
}

/** The error of a room that needs tags before it is closed: coded with a reason up to 5.x (docs/providers/rocketchat.md 14.2). */
export function tagsRequired({ profile }: Workspace): Error {
  const code = 'error-tags-must-be-assigned-before-closing-chat'
  return profile.legacy
    ? codedError(code, 'Tag(s) must be assigned before closing the chat')
    : plainError(code)
}

function chooseAgent(
  workspace: Workspace,
  departmentId: string | undefined,
  preferred: string | null | undefined,
): Agent | undefined {
  const wanted = preferred ? workspace.agents.get(preferred) : undefined
  return wanted && wanted.status !== 'offline' ? wanted : nextAgent(workspace, departmentId)
}
