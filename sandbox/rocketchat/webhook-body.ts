import type { Message, Room } from './model.ts'
import type { Workspace } from './workspace/workspace.ts'

/** The type of a webhook (docs/providers/rocketchat.md 7.1), as far as the sandbox sends it. */
export type WebhookType =
  | 'LivechatSessionStart'
  | 'LivechatSessionQueued'
  | 'LivechatSessionTaken'
  | 'LivechatSessionForwarded'
  | 'LivechatSession'
  | 'Message'

/**
 * The body of a webhook about a room: `_id` is the room's, and it contains the visitor's token
 * (docs/providers/rocketchat.md 7.1).
 */
export function webhookBody(
  workspace: Workspace,
  type: WebhookType,
  room: Room,
  messages: readonly Message[],
): object {
  const { _id, fname, ts, lm, tags, livechatData, departmentId, servedBy, closedAt, closedBy, closer } = room
  return {
    _id,
    label: fname,
    createdAt: ts,
    lastMessageAt: lm,
    tags,
    customFields: livechatData,
    visitor: visitorOf(workspace, room),
    agent: agentOf(workspace, room),
    departmentId,
    servedBy,
    closedAt,
    closedBy,
    closer,
    type,
    messages: messages.map(messageOf),
  }
}

function visitorOf({ visitors }: Workspace, { v }: Room): object {
  const visitor = visitors.get(v.token)
  const { _id, token, username, name } = v
  return {
    _id,
    token,
    name,
    username,
    department: visitor?.department,
    email: visitor?.visitorEmails,
    phone: visitor?.phone,
    customFields: visitor?.livechatData,
  }
}

function agentOf({ agents }: Workspace, { servedBy }: Room): object | undefined {
  const agent = agents.get(servedBy?._id ?? '')
  if (!agent) return undefined
  const { _id, username, name, emails } = agent
  return { _id, username, name, email: emails }
}

/**
 * A message as webhooks show it (docs/providers/rocketchat.md 7.1.1): no token, alias, `editedBy` or list `files`, and
 * attachments only where there is a file.
 */
function messageOf(message: Message): object {
  const { _id, rid, msg, ts, u, _updatedAt, editedAt, token, t, file, attachments, blocks } = message
  return {
    username: u.username,
    msg,
    ts,
    _id,
    rid,
    u,
    _updatedAt,
    editedAt,
    ...(token === undefined && { agentId: u._id }),
    ...(t === 'livechat-close' && { closingMessage: true }),
    ...(file && { file, attachments }),
    ...(blocks?.length && { blocks }),
  }
}
