import type { DdpContext } from './context.ts'
import { parseFrame } from './frames.ts'
import { callMethod } from './methods.ts'
import type { DdpSession } from './session.ts'
import { subscribe, unsubscribe } from './subscriptions.ts'

/** Handles a frame of a client (docs/providers/rocketchat.md 7.2). */
export function handleFrame(context: DdpContext, session: DdpSession, text: string): void {
  const frame = parseFrame(text)
  if (frame === 'unparsable') rejectFrame(context, session, 1007, 'Parse error')
  else if (frame === 'malformed') rejectFrame(context, session, 1002, 'Bad request')
  else if (frame.msg === 'ping')
    session.reply({ msg: 'pong', ...(frame.id !== undefined && { id: frame.id }) })
  else if (frame.msg === 'connect') connect(context, session)
  else if (!session.isConnected) rejectFrame(context, session, 1002, 'Must connect first')
  else if (frame.msg === 'unsub') unsubscribe(context, session, frame)
  else if (frame.msg === 'sub') {
    if (frame.id === undefined || frame.name === undefined) {
      rejectFrame(context, session, 1002, 'Malformed subscription')
    } else session.reply(subscribe(context, session, { ...frame, id: frame.id, name: frame.name }))
  } else if (frame.msg === 'method') {
    if (frame.id === undefined || frame.method === undefined) {
      rejectFrame(context, session, 1002, 'Malformed method invocation')
    } else session.answer(frame.id, callMethod(context, session, { ...frame, method: frame.method }))
  }
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
