import { z } from 'zod'
import type { Agent } from '../model.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { type ClientFrame, type DdpError, ddpError, parseFrame } from './frames.ts'
import type { DdpSession, MethodOutcome } from './session.ts'
import { isStream, mayRead, type StreamReader, type VisitorTokens } from './stream-rights.ts'
import type { Streams, Subscription } from './streams.ts'

/** What a session works on. */
export interface DdpContext {
  readonly workspace: Workspace
  readonly streams: Streams
}

/** Handles a frame of a client (docs/providers/rocketchat.md 7.2). */
export function handleFrame(context: DdpContext, session: DdpSession, text: string): void {
  const frame = parseFrame(text)
  if (frame === 'unparsable') session.close(1007, 'unparsable frame')
  else if (frame === 'malformed') session.close(1002, 'malformed frame')
  else if (frame.msg === 'ping') session.reply({ ...frame, msg: 'pong' })
  else if (frame.msg === 'connect') connect(context, session)
  else if (!session.isConnected) session.close(1002, 'must connect first')
  else if (frame.msg === 'sub') session.reply(subscribe(context, session, frame))
  else if (frame.msg === 'unsub') unsubscribe(context, session, frame)
  else if (frame.msg === 'method') session.answer(frame.id ?? '', callMethod(context, session, frame))
}

/** Ends a session's subscriptions when its connection is gone. */
export function endSession({ streams }: DdpContext, { subscriptions }: DdpSession): void {
  for (const subscription of subscriptions.values()) streams.remove(subscription)
  subscriptions.clear()
}

function connect({ workspace }: DdpContext, session: DdpSession): void {
  session.isConnected = true
  session.reply({ msg: 'connected', session: workspace.host.newId() })
}

/** Returns the answer. */
function subscribe(context: DdpContext, session: DdpSession, frame: ClientFrame): object {
  const { workspace, streams } = context
  const { id = '', name: stream = '', params = [] } = frame
  const event = typeof params[0] === 'string' ? params[0] : ''
  const reader = { user: userOf(workspace, session), tokens: tokensIn(params[1]) }
  const error = refusalOf(workspace, stream, event, reader)
  if (error) return { msg: 'nosub', id, error }
  const subscription: Subscription = { session, id, stream, event }
  session.subscriptions.set(id, subscription)
  streams.add(subscription)
  return { msg: 'ready', subs: [id] }
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

function unsubscribe({ streams }: DdpContext, session: DdpSession, { id = '' }: ClientFrame): void {
  const subscription = session.subscriptions.get(id)
  if (!subscription) return
  session.subscriptions.delete(id)
  streams.remove(subscription)
  session.reply({ msg: 'nosub', id })
}

const resumption = z.object({ resume: z.string() })

function callMethod({ workspace }: DdpContext, session: DdpSession, frame: ClientFrame): MethodOutcome {
  const { method = '', params = [] } = frame
  if (method !== 'login') return { error: ddpError(404, `Method '${method}' not found`) }
  const token = resumption.safeParse(params[0]).data?.resume ?? ''
  const userId = workspace.logins.get(token)
  if (userId === undefined) {
    return { error: ddpError(403, "You've been logged out by the server. Please log in again.") }
  }
  session.login = { userId, token }
  return { result: { id: userId, token, type: 'resume' } }
}

function userOf({ agents }: Workspace, { login }: DdpSession): Agent | undefined {
  return login ? agents.get(login.userId) : undefined
}

const subscriptionOptions = z.object({
  args: z.array(z.object({ visitorToken: z.string().optional(), token: z.string().optional() })),
})

/** The tokens are in the first of `args` of the options. */
function tokensIn(options: unknown): VisitorTokens {
  return subscriptionOptions.safeParse(options).data?.args[0] ?? {}
}
