import { type ApiError, codedError } from '../../errors.ts'
import { cursorSync, type SyncQuery, sync } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { shape } from '../../wire/request-shape.ts'
import { changesSince, pageOfChanges, type SyncPage } from '../../workspace/sync.ts'
import { requireRoom } from './room-access.ts'

const DEFAULT_COUNT = 20
const unchecked = shape<SyncQuery>({ type: 'object', additionalProperties: true })

/** GET chat.syncMessages: everything since a time, or since 7.1 a page of it (docs/providers/rocketchat.md 4.6). */
export const syncRoute: BoundRoute = apiRoute<SyncQuery, unknown>({
  method: 'GET',
  path: 'chat.syncMessages',
  login: true,
  query: ({ legacy, syncCursor }) => (legacy ? unchecked : syncCursor ? cursorSync : sync),
  legacyStyle: 'object',
  handle({ workspace, query, user }) {
    const { roomId, lastUpdate } = query
    if (!roomId) throw required('roomId')
    const page = workspace.profile.syncCursor ? pageWanted(query) : null
    if (!page && !lastUpdate) throw required('lastUpdate')
    const since = Date.parse(lastUpdate ?? '')
    if (!page && Number.isNaN(since)) {
      const text = 'The "lastUpdate" query parameter must be a valid date.'
      throw codedError('error-lastUpdate-param-invalid', text)
    }
    const notAllowed = () => codedError('error-not-allowed', 'Not allowed', { method: 'messages/get' })
    const room = requireRoom(workspace, user(), roomId, { absent: notAllowed, foreign: notAllowed })
    if (!page) return { result: changesSince(workspace, room._id, since) }
    const { rows, cursor } = pageOfChanges(workspace, room._id, page)
    return { result: { [page.type === 'UPDATED' ? 'updated' : 'deleted']: rows, cursor } }
  },
})

/** The page of the cursor mode, or null where the query does not use it. */
function pageWanted({ lastUpdate, next, previous, type, count }: SyncQuery): SyncPage | null {
  if (next && previous)
    throw codedError('error-cursor-conflict', 'You cannot provide both "next" and "previous"')
  const cursor = next || previous
  if (cursor && lastUpdate) {
    throw codedError(
      'error-cursor-and-lastUpdate-conflict',
      'The attributes "next", "previous" and "lastUpdate" conflict',
    )
  }
  if (cursor && !type) throw codedError('error-type-param-required', 'The "type" parameter is required')
  if (!type) return null
  if (type !== 'UPDATED' && type !== 'DELETED') {
    throw codedError(
      'error-type-param-not-supported',
      'The "type" parameter must be either "UPDATED" or "DELETED"',
    )
  }
  return {
    type,
    next: next ? Number(next) : null,
    previous: previous ? Number(previous) : null,
    count: Number(count ?? DEFAULT_COUNT),
  }
}

function required(name: string): ApiError {
  return codedError('error-param-required', `The required "${name}" query param is missing`)
}
