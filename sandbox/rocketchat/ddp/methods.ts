import { endLogin } from '../workspace/logins.ts'
import type { DdpContext } from './context.ts'
import { ddpError, tooManyRequests } from './frames.ts'
import { readRecord, readText } from './read-value.ts'
import { notifyRoom } from './room-notifications.ts'
import type { DdpSession, MethodOutcome } from './session.ts'

type Method = (context: DdpContext, session: DdpSession, params: readonly unknown[]) => MethodOutcome

/** How long a login lasts: 90 days. */
const LOGIN_MS = 90 * 24 * 3_600_000

const METHODS: Readonly<Record<string, Method>> = { login, logout, 'stream-notify-room': notifyRoom }

/** Calls a method, within the limits of the server. */
export function callMethod(
  context: DdpContext,
  session: DdpSession,
  { method: name, params }: { readonly method: string; readonly params: readonly unknown[] },
): MethodOutcome {
  const timeToReset = context.limiter.take('method', name, session)
  if (timeToReset !== null) return { error: tooManyRequests(timeToReset) }
  const refusal = context.faults.takeRequestError(name, session.connection)
  if (refusal) return { error: refusal }
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
  return method?.(context, session, params) ?? { error: ddpError(404, `Method '${name}' not found`) }
}

/** Logs in with a login token or a personal access token (docs/providers/rocketchat.md 21.2). */
function login(
  { workspace, faults }: DdpContext,
  session: DdpSession,
  [options]: readonly unknown[],
): MethodOutcome {
  const refusal = faults.takeLoginError(session.connection)
  if (refusal) return { error: refusal }
  const token = readText(readRecord(options), 'resume') ?? ''
  const userId = workspace.logins.get(token)
  if (userId === undefined) {
    return { error: ddpError(403, "You've been logged out by the server. Please log in again.") }
  }
  session.login = { userId, token }
  session.connection.user = userId
  const tokenExpires = new Date(workspace.host.now() + LOGIN_MS)
  return { result: { id: userId, token, tokenExpires, type: 'resume' } }
}

/** Ends the login. ddp-streamer closes the connection then (docs/providers/rocketchat.md 21.1). */
function logout({ workspace, options }: DdpContext, session: DdpSession): MethodOutcome {
  const token = session.login?.token
  session.login = null
  if (token !== undefined) endLogin(workspace, token)
  session.connection.user = null
  if (options.server === 'ddp-streamer') session.connection.close()
  return {}
}
