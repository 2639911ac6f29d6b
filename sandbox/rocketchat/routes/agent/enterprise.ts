import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import type { Permission } from '../../workspace/permissions.ts'

/** A route of the enterprise edition: it checks login and permission, and then responds 404. */
function unlicensed(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  permissions: readonly Permission[] = ['view-l-room'],
): BoundRoute {
  return apiRoute({ method, path, permissions, enterprise: true, legacyStyle: 'object', handle: () => ({}) })
}

/** Routes that an unlicensed server answers with 404 in plain text (docs/providers/rocketchat.md 0). */
export const enterpriseRoutes: readonly BoundRoute[] = [
  unlicensed('GET', 'livechat/tags', ['view-l-room', 'manage-livechat-tags']),
  unlicensed('GET', 'livechat/tags/:tagId', ['view-l-room', 'manage-livechat-tags']),
  unlicensed('GET', 'livechat/priorities', ['manage-livechat-priorities', 'view-l-room']),
  unlicensed('POST', 'livechat/room.onHold'),
  unlicensed('POST', 'livechat/room.resumeOnHold'),
  unlicensed('POST', 'livechat/room/:rid/priority'),
  unlicensed('DELETE', 'livechat/room/:rid/priority'),
]
