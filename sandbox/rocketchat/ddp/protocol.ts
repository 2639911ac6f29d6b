import type { DdpContext } from './context.ts'
import { type ClientFrame, parseFrame } from './frames.ts'
import { callMethod } from './methods.ts'
import type { DdpSession } from './session.ts'
import { subscribe, unsubscribe } from './subscriptions.ts'

/** Handles a frame of a client (docs/providers/rocketchat.md 7.2). */
export function handleFrame(context: DdpContext, session: DdpSession, text: string): void {
  const frame = parseFrame(text)
  if (frame === 'unparsable') rejectFrame(context, session, 1007, 'Parse error')
  else if (frame === 'malformed') rejectFrame(context, session, 1002, 'Bad request')
  else if (frame.msg === 'ping') answerPing(session, frame)
  else if (frame.msg === 'connect') connect(context, session)
  else if (!session.isConnected) rejectFrame(context, session, 1002, 'Must connect first')
  else if (frame.msg === 'unsub') unsubscribe(context, session, frame)
  else if (frame.msg === 'sub') answerSubscription(context, session, frame)
  else if (frame.msg === 'method') answerMethod(context, session, frame)
}

function answerPing(session: DdpSession, { id }: ClientFrame): void {
  session.reply({ msg: 'pong', ...(id !== undefined && { id }) })
}

/** A subscription whose id is in use is ignored, as Meteor does. */
function answerSubscription(
  context: DdpContext,
  session: DdpSession,
  { id, name, params }: ClientFrame,
): void {
  if (id === undefined || name === undefined) rejectFrame(context, session, 1002, 'Malformed subscription')
  else if (!session.subscriptions.has(id)) session.reply(subscribe(context, session, { id, name, params }))
}

function answerMethod(context: DdpContext, session: DdpSession, { id, method, params }: ClientFrame): void {
  if (id === undefined || method === undefined) {
    rejectFrame(context, session, 1002, 'Malformed method invocation')
  } else session.answer(id, callMethod(context, session, { method, params }))
}

function connect({ workspace }: DdpContext, session: DdpSession): void {
  session.isConnected = true
  session.reply({ msg: 'connected', session: workspace.host.newId() })
}

/** ddp-streamer closes the connection, Meteor answers an `error` (docs/providers/rocketchat.md 21.1). */
function rejectFrame({ options }: DdpContext, session: DdpSession, code: number, reason: string): void {
  if (options.server === 'ddp-streamer') session.connection.close(code)
  else session.reply({ msg: 'error', reason })
}
