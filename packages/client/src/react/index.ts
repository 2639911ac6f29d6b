import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Client, SendOptions } from '../client.ts'
import type { ConnectionState } from '../connection.ts'
import type { Message, Room } from '../documents.ts'
import type { Outcome } from '../outcome.ts'
import type { SelectedRoom } from '../room-item.ts'
import type { RoomTimeline } from '../timeline.ts'
import type { TimelineState } from '../timeline-state.ts'

export { type SubscriptionHandlers, useSubscription } from './use-subscription.ts'

/** The live state of a room. */
export interface LiveRoom {
  /** Null until it is read. */
  readonly room: Room | null
  readonly isConnected: boolean
  /** Why the room is not updated at present; null while it is. */
  readonly error: Error | null
}

/** The live messages of a room. */
export interface LiveMessages {
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** Adds the page of earlier messages; null where there are none. */
  readonly loadEarlier: (() => Promise<void>) | null
}

/** Sends the messages of a component. */
export interface Sending {
  readonly isSending: boolean
  /** How the last message ended; null before, and while it is sent. */
  readonly outcome: Outcome<{ readonly message: Message }> | null
  /** Sends a message under a key of its own, and resolves with its outcome. */
  readonly send: (text: string, options?: SendOptions) => Promise<Outcome<{ readonly message: Message }>>
  /** Sends the last message again, under its key; null if it was sent, or is being sent. */
  readonly retry: (() => void) | null
}

/** The state of the connection of the client's subscriptions. */
export function useConnection({ connection }: Client): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.current, connection.current)
}

/** Follows the state of a room while the component is mounted. All hooks of a room share one subscription. */
export function useRoom(client: Client, roomId: string): LiveRoom {
  const { room, isConnected, error } = useTimeline(client, roomId).state
  return { room, isConnected, error }
}

/** Follows the messages of a room while the component is mounted. All hooks of a room share one subscription. */
export function useMessages(client: Client, roomId: string): LiveMessages {
  const { timeline, state } = useTimeline(client, roomId)
  return { messages: state.messages, loadEarlier: state.hasEarlier ? timeline.loadEarlier : null }
}

/** Sends messages to a room; those that are sent appear in `useMessages` at once. */
export function useSend(client: Client, roomId: string): Sending {
  const [isSending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<Sending['outcome']>(null)
  const last = useRef<{ readonly text: string; readonly options: SendOptions }>({ text: '', options: {} })
  const send = useCallback(
    async (text: string, options: SendOptions = {}) => {
      setSending(true)
      setOutcome(null)
      const sent = await client.send(roomId, text, options)
      if (sent.status === 'done') client.timeline(roomId).add(sent.payload.message)
      const { visibility } = options
      last.current = { text, options: { visibility, idempotencyKey: sent.idempotencyKey ?? undefined } }
      setSending(false)
      setOutcome(sent)
      return sent
    },
    [client, roomId],
  )
  const canRetry = outcome !== null && outcome.status !== 'done'
  const retry = useCallback(() => void send(last.current.text, last.current.options), [send])
  return { isSending, outcome, send, retry: canRetry ? retry : null }
}

function useTimeline(
  client: Client,
  roomId: string,
): { readonly timeline: RoomTimeline<SelectedRoom>; readonly state: TimelineState<SelectedRoom> } {
  const timeline = useMemo(() => client.timeline(roomId), [client, roomId])
  return { timeline, state: useSyncExternalStore(timeline.subscribe, timeline.current, timeline.current) }
}
