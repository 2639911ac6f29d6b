import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import type { Profile } from '../profiles.ts'
import type { ApiContext, BoundRoute } from '../wire/api-route.ts'
import { agentRoutes } from './agent/index.ts'
import { agentInfoRoute } from './agent-info.ts'
import { botMessagesRoute } from './bot-messages.ts'
import { configRoute } from './config.ts'
import { customFieldRoutes } from './custom-fields.ts'
import { downloadRoute, fileRoutes } from './files.ts'
import { historyRoute } from './history.ts'
import { messageRoutes } from './message.ts'
import { offlineMessageRoute } from './offline-message.ts'
import { roomRoutes } from './room.ts'
import { visitorRoutes } from './visitor.ts'
import { visitorFeedbackRoutes } from './visitor-feedback.ts'

const ROUTES: readonly BoundRoute[] = [
  ...messageRoutes,
  historyRoute,
  botMessagesRoute,
  offlineMessageRoute,
  ...roomRoutes,
  ...visitorRoutes,
  ...customFieldRoutes,
  ...visitorFeedbackRoutes,
  configRoute,
  agentInfoRoute,
  ...agentRoutes,
  ...fileRoutes,
]

/** Every route that the context's release serves. */
export function allRoutes(context: ApiContext): WireRoute[] {
  const bound = ROUTES.map((route) => route(context)).filter((route) => route !== undefined)
  return [infoRoute(context.workspace.profile), downloadRoute(context.workspace), ...bound]
}

/** `/api/info`, outside `v1`, without login, limiter or validator (docs/providers/rocketchat.md 9). */
function infoRoute({ announcedVersion, legacy }: Profile): WireRoute {
  const clients = { minimumClientVersions: { desktop: '3.9.6', mobile: '4.39.0' } }
  const body = { version: announcedVersion, ...(!legacy && clients), success: true }
  return { method: 'GET', path: '/api/info', handle: () => ({ status: 200, body }) }
}

/** What no route matches: an API error below `/api`, and elsewhere the web app's page with status 200. */
export function notFound(profile: Profile): (request: WireRequest) => WireResponse {
  return ({ path }) => {
    if (!path.startsWith('/api/')) {
      return { status: 200, body: '<!DOCTYPE html><html><head><title>Rocket.Chat</title></head></html>' }
    }
    // Not pinned down per release (docs/providers/rocketchat.md 23.5): the older and the newer style.
    const older = profile.typedRoutes === 'none'
    if (older) return { status: 404, body: { status: 'error', message: 'API endpoint does not exist' } }
    return { status: 404, body: '404 Not Found', headers: { 'content-type': 'text/plain; charset=UTF-8' } }
  }
}
