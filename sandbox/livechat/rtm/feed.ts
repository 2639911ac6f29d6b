import type { Push } from '../customer/change-payload.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { RoutingChange } from '../store/routing.ts'
import type { RtmContext } from './context.ts'
import { pushesFor, routingPushesFor } from './receivers.ts'
import type { RtmSession } from './session.ts'

type Delivery = readonly [session: RtmSession, pushes: readonly Push[]]

/** Pushes the changes of all chats to the connections that receive them, until the returned function is called. */
export function startFeed(context: RtmContext): () => void {
  const { licence, switches } = context.backend
  let waiting: (() => void)[] = []

  const deliveries = (change: ChatChange): Delivery[] =>
    [...context.sessions].map((session) => [
      session,
      session.user ? pushesFor(licence, session.user, change) : [],
    ])
  const flush = (): void => {
    const ready = waiting
    waiting = []
    for (const send of ready) send()
  }
  const onChange = (change: ChatChange): void => {
    if (change.action === 'incoming_event' && change.isInitial && !switches.rtmPushesInitialEvents) return
    const cause = context.current.request
    // The push of a new thread contains its first events and members, which are written in the same turn. All others show the
    // state at the change, and keep their order after it.
    const now = change.action === 'incoming_chat' ? null : deliveries(change)
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(() => {
      for (const [session, pushes] of now ?? deliveries(change)) {
        const requestId = session === cause?.session ? cause.requestId : undefined
        for (const { action, payload } of pushes) session.push(action, payload, requestId)
      }
    })
  }
  const onRouting = (change: RoutingChange): void => {
    for (const session of context.sessions) {
      if (!session.user) continue
      for (const { action, payload } of routingPushesFor(session.user, change)) session.push(action, payload)
    }
  }
  licence.changes.on('change', onChange)
  licence.changes.on('routing', onRouting)
  return () => {
    licence.changes.off('change', onChange)
    licence.changes.off('routing', onRouting)
  }
}
