import { codedError } from '../errors.ts'
import type { Visitor } from '../model.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { newVisitor } from '../wire/visitor-shapes.ts'
import { findOpenRoom } from '../workspace/rooms.ts'
import { registerVisitor, removeVisitor } from '../workspace/visitors.ts'
import type { Workspace } from '../workspace/workspace.ts'

const register = apiRoute({
  method: 'POST',
  path: 'livechat/visitor',
  limit: { calls: 5, windowMs: 60_000 },
  body: newVisitor,
  validation: 'check',
  legacyStyle: 'object',
  handle({ workspace, body: { visitor } }) {
    if (visitor.token.trim() === '') {
      throw codedError('error-invalid-token', 'Token cannot be empty', { method: 'livechat/visitor' })
    }
    return { visitor: registerVisitor(workspace, visitor) }
  },
})

const read = apiRoute({
  method: 'GET',
  path: 'livechat/visitor/:token',
  legacyStyle: 'code',
  handle: ({ workspace, param }) => ({ visitor: requireVisitor(workspace, param('token')) }),
})

const remove = apiRoute({
  method: 'DELETE',
  path: 'livechat/visitor/:token',
  legacyStyle: 'code',
  handle({ workspace, param }) {
    const visitor = requireVisitor(workspace, param('token'))
    const { Livechat_Allow_collect_and_store_HTTP_header_informations: gdpr } = workspace.settings
    if (findOpenRoom(workspace, visitor.token) && !gdpr) {
      throw codedError('visitor-has-open-rooms', 'Cannot remove visitors with opened rooms')
    }
    removeVisitor(workspace, visitor)
    return { visitor: { _id: visitor._id, ts: new Date(workspace.host.now()) } }
  },
})

/** POST livechat/visitor, GET and DELETE livechat/visitor/:token (docs/providers/rocketchat.md 4.1). */
export const visitorRoutes: readonly BoundRoute[] = [register, read, remove]

/** A coded error without a reason, so that the text is `[invalid-token]` here and nowhere else. */
function requireVisitor(workspace: Workspace, token: string): Visitor {
  const visitor = workspace.visitors.get(token)
  if (!visitor) throw codedError('invalid-token')
  return visitor
}
