import { ApiError, codedError, failureWith } from '../../errors.ts'
import type { Room } from '../../model.ts'
import { rooms } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { shape } from '../../wire/request-shape.ts'
import { listRooms } from '../../workspace/list-rooms.ts'
import { hasPermission } from '../../workspace/permissions.ts'
import { publishedRoom } from '../../workspace/published-room.ts'
import { roomsOf } from '../../workspace/subscriptions.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { requireRoom } from './room-access.ts'

const list = apiRoute({
  method: 'GET',
  path: 'livechat/rooms',
  login: true,
  query: rooms,
  legacyStyle: 'object',
  handle({ workspace, query, user }) {
    const me = user()
    const agents = [query.agents ?? []].flat()
    const mine = agents.length === 1 && agents[0] === me._id && hasPermission(workspace, me, 'view-l-room')
    if (!mine && !hasPermission(workspace, me, 'view-livechat-rooms'))
      throw new ApiError({ kind: 'forbidden' })
    const { rows, paging } = pageOf(sorted(listRooms(workspace, query), query.sort, { ts: -1 }), query)
    return { rooms: rows.map((room) => withDepartment(workspace, room)), ...paging }
  },
})

const info = apiRoute({
  method: 'GET',
  path: 'rooms.info',
  login: true,
  query: shape<{ readonly roomId?: string }>({ type: 'object', additionalProperties: true }),
  legacyStyle: 'object',
  handle({ workspace, query: { roomId = '' }, user }) {
    const absent = () =>
      codedError(
        'error-room-not-found',
        'The required "roomId" or "roomName" param provided does not match any channel',
      )
    const foreign = () => failureWith({ error: 'not-allowed', errorType: 'Not Allowed' })
    return { room: requireRoom(workspace, user(), roomId, { absent, foreign }) }
  },
})

/**
 * Only what the caller is subscribed to: a closed room is reported neither as changed nor as removed
 * (docs/providers/rocketchat.md 8).
 */
const changed = apiRoute({
  method: 'GET',
  path: 'rooms.get',
  login: true,
  query: shape<{ readonly updatedSince?: string }>({ type: 'object', additionalProperties: true }),
  legacyStyle: 'object',
  handle({ workspace, query: { updatedSince }, user }) {
    const since = updatedSince === undefined ? Number.NEGATIVE_INFINITY : Date.parse(updatedSince)
    if (Number.isNaN(since)) {
      throw codedError(
        'error-updatedSince-param-invalid',
        'The "updatedSince" query parameter must be a valid date.',
      )
    }
    const update = roomsOf(workspace, user()._id).filter(({ _updatedAt }) => _updatedAt.getTime() > since)
    const gone = updatedSince === undefined ? [] : workspace.trash.rooms
    const remove = gone.filter(({ _deletedAt }) => _deletedAt.getTime() > since)
    return {
      update: update.map(publishedRoom),
      remove: remove.map(({ _id, _deletedAt }) => ({ _id, _deletedAt })),
    }
  },
})

/** GET livechat/rooms, rooms.info and rooms.get (docs/providers/rocketchat.md 4.2). */
export const roomListRoutes: readonly BoundRoute[] = [list, info, changed]

function withDepartment(workspace: Workspace, room: Room): object {
  const found = room.departmentId === undefined ? undefined : workspace.departments.get(room.departmentId)
  return found ? { ...room, department: { _id: found._id, name: found.name } } : room
}
