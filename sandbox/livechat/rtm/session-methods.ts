import { requireScope } from '../agent/access.ts'
import { ApiError } from '../api-error.ts'
import { flag, reader, shape, text } from '../v3/input.ts'
import type { RtmContext } from './context.ts'
import type { RtmSession } from './session.ts'
import { type RtmAgent, userOf } from './users.ts'

/** A method that concerns the connection itself. `user` is who has logged in on it. */
type SessionMethod = (
  payload: unknown,
  connection: { readonly session: RtmSession; readonly user: RtmAgent; readonly context: RtmContext },
) => unknown

const readAway = reader<{ readonly away: boolean }>(shape({ 'away!': flag }))
const readToken = reader<{ readonly token: string }>(shape({ 'token!': text }))

/** The methods of agents that exist over RTM only (docs/providers/livechat.md 25.3). */
export const agentSessionMethods: ReadonlyMap<string, SessionMethod> = new Map<string, SessionMethod>([
  [
    'set_away_status',
    (payload, { session, user, context }) => {
      requireScope(user.principal, 'agents--my:rw')
      context.presence.setAway(user.principal.agent, session, readAway(payload).away)
    },
  ],
  [
    'update_session',
    (payload, { session, user, context }) => {
      const next = userOf(context.backend, 'agent', readToken(payload).token)
      // The type of this refusal is an assumption.
      if (next.side !== 'agent' || next.principal.agent !== user.principal.agent) {
        throw new ApiError('authorization', 'Token belongs to another agent')
      }
      session.continueAs(next)
    },
  ],
  ['logout', (_payload, { session }) => session.logOut()],
])
