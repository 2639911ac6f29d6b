import { failureWith, plainError } from '../errors.ts'
import type { Agent, Room, Visitor } from '../model.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { requirePermission } from '../wire/login.ts'
import { type Shape, shape } from '../wire/request-shape.ts'
import { botMessages } from '../wire/visitor-shapes.ts'
import { sendMessage } from '../workspace/messages.ts'
import { checkChannel, findOpenRoom, requestRoom } from '../workspace/rooms.ts'
import { registerVisitor } from '../workspace/visitors.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { sourceOf } from './visitor-access.ts'

/** The body in 4.x and older: unchecked, so that the handler itself reports missing fields. */
interface UncheckedBody {
  readonly visitor?: { readonly token?: string }
  readonly messages?: unknown
}

const unchecked: Shape<UncheckedBody> = shape({ type: 'object', additionalProperties: true })

/** POST livechat/messages: several messages of one visitor at once, for bots (docs/providers/rocketchat.md 1.5). */
export const botMessagesRoute: BoundRoute = apiRoute<unknown, UncheckedBody>({
  method: 'POST',
  path: 'livechat/messages',
  login: true,
  body: (profile) => (profile.legacy ? unchecked : botMessages),
  legacyStyle: 'code',
  async handle({ workspace, body, headers, user }) {
    if (workspace.profile.legacy) checkByHand(workspace, user(), body)
    const { token, texts } = read(body)
    const visitor = visitorOf(workspace, token)
    const room = await roomOf(workspace, visitor, sourceOf(headers))
    // Sent concurrently, as the server does: neither atomic nor in order.
    const sent = texts.map((msg) =>
      sendMessage(workspace, { rid: room._id, msg, u: visitor, token: visitor.token }, 'api'),
    )
    const messages = await Promise.all(sent)
    return { messages: messages.map(({ u, msg, ts }) => ({ username: u.username, msg, ts })) }
  },
})

function checkByHand(workspace: Workspace, user: Agent, { visitor, messages }: UncheckedBody): void {
  requirePermission(workspace, user, 'view-livechat-manager')
  if (!visitor) throw failureWith({ error: 'Body param "visitor" is required' })
  if (!visitor.token) throw failureWith({ error: 'Body param "visitor.token" is required' })
  if (!messages) throw failureWith({ error: 'Body param "messages" is required' })
  if (!Array.isArray(messages)) throw failureWith({ error: 'Body param "messages" is not an array' })
  if (messages.length === 0) throw failureWith({ error: 'Body param "messages" is empty' })
}

function read({ visitor, messages }: UncheckedBody): { token: string; texts: string[] } {
  const list: unknown[] = Array.isArray(messages) ? messages : []
  return { token: visitor?.token ?? '', texts: list.map(textOf) }
}

function textOf(message: unknown): string {
  return typeof message === 'object' && message !== null && 'msg' in message ? String(message.msg) : ''
}

function visitorOf(workspace: Workspace, token: string): Visitor {
  const known = workspace.visitors.get(token)
  if (!known && workspace.profile.unknownBotVisitor === 'refused') throw plainError('error-invalid-token')
  return known ?? registerVisitor(workspace, { token })
}

async function roomOf(workspace: Workspace, visitor: Visitor, source: Room['source']): Promise<Room> {
  checkChannel(workspace, visitor.token)
  const open = findOpenRoom(workspace, visitor.token)
  return open ?? (await requestRoom(workspace, visitor, { source })).room
}
