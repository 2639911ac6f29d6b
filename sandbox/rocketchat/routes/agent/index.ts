import type { BoundRoute } from '../../wire/api-route.ts'
import { agentStatusRoute } from './agent-status.ts'
import { departmentRoutes } from './departments.ts'
import { enterpriseRoutes } from './enterprise.ts'
import { loginRoute } from './login.ts'
import { agentMessageRoutes } from './messages.ts'
import { queueRoutes } from './queue.ts'
import { readRoomRoute } from './read-room.ts'
import { roomActionRoutes } from './room-actions.ts'
import { roomInfoRoutes } from './room-info.ts'
import { roomListRoutes } from './rooms.ts'
import { syncRoute } from './sync.ts'
import { transcriptRequestRoutes } from './transcript-requests.ts'
import { transferRoutes } from './transfers.ts'
import { userRoutes } from './users.ts'
import { visitorHistoryRoute } from './visitor-history.ts'

/** Every route that requires a login, and the login route (docs/providers/rocketchat.md 4.2-5). */
export const agentRoutes: readonly BoundRoute[] = [
  loginRoute,
  ...roomListRoutes,
  ...roomActionRoutes,
  ...queueRoutes,
  ...transferRoutes,
  ...roomInfoRoutes,
  ...transcriptRequestRoutes,
  readRoomRoute,
  ...agentMessageRoutes,
  syncRoute,
  ...departmentRoutes,
  ...userRoutes,
  agentStatusRoute,
  visitorHistoryRoute,
  ...enterpriseRoutes,
]
