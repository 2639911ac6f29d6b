import type { Agent } from '../model.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { DdpContext } from './context.ts'
import { type ClientFrame, type DdpError, ddpError, tooManyRequests } from './frames.ts'
import { readRecord, readText } from './read-value.ts'
import type { DdpSession } from './session.ts'
import { isStream, mayRead, type StreamReader, type VisitorTokens } from './stream-rights.ts'
import { keyOf } from './streams.ts'

interface SubFrame {
  readonly id: string
  readonly name: string
  readonly params: readonly unknown[]
}

/**
 * Subscribes to an event of a stream, after the checks of the server (docs/providers/rocketchat.md 21.2). Returns the
 * answer.
 */
export function subscribe(
  context: DdpContext,
  session: DdpSession,
  { id, name: stream, params }: SubFrame,
): object {
  const event = typeof params[0] === 'string' ? params[0] : ''
  const reader = { user: userOf(context.workspace, session), tokens: tokensIn(params[1]) }
  const error =
    limitError(context, session, stream) ??
    context.faults.takeRequestError(keyOf(stream, event), session.connection) ??
    refusalOf(context.workspace, stream, event, reader)
  if (error) return { msg: 'nosub', id, error }
  const subscription = { session, id, stream, event }
  session.subscriptions.set(id, subscription)
  context.streams.add(subscription)
  return { msg: 'ready', subs: [id] }
}

/** Ends a subscription. */
export function unsubscribe(
  { streams }: DdpContext,
  session: DdpSession,
  { id = '' }: Pick<ClientFrame, 'id'>,
): void {
  const subscription = session.subscriptions.get(id)
  if (!subscription) return
  session.subscriptions.delete(id)
  streams.remove(subscription)
  session.reply({ msg: 'nosub', id })
}

/** Ends all subscriptions of a session. */
export function endSubscriptions({ streams }: DdpContext, { subscriptions }: DdpSession): void {
  for (const subscription of subscriptions.values()) streams.remove(subscription)
  subscriptions.clear()
}

function limitError({ limiter }: DdpContext, session: DdpSession, stream: string): DdpError | null {
  const timeToReset = limiter.take('sub', stream, session)
  return timeToReset === null ? null : tooManyRequests(timeToReset)
}

function refusalOf(
  workspace: Workspace,
  stream: string,
  event: string,
  reader: StreamReader,
): DdpError | null {
  if (!isStream(stream)) return ddpError(404, `Subscription '${stream}' not found`)
  if (event === '') return ddpError('invalid-event-name', 'Invalid event name')
  return mayRead(workspace, stream, event, reader) ? null : ddpError('not-allowed', 'Not allowed')
}

function userOf({ agents }: Workspace, { login }: DdpSession): Agent | undefined {
  return login ? agents.get(login.userId) : undefined
}

/** The tokens are in the first of `args` of the options. */
function tokensIn(options: unknown): VisitorTokens {
  const { args } = readRecord(options)
  const tokens = readRecord(Array.isArray(args) ? args[0] : undefined)
  return { visitorToken: readText(tokens, 'visitorToken'), token: readText(tokens, 'token') }
}
