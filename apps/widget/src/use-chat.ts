import { useEffect, useState } from 'preact/hooks'
import { retryUntilDone } from '../../shared/retry.ts'
import { withMessage, withoutMessage } from '../../shared/timeline.ts'
import type {
  WidgetEventsSubscription,
  WidgetMessageFragment,
  WidgetRoomQuery,
} from '../generated/graphql.ts'
import { EventsSubscription, RoomQuery } from './documents.ts'
import type { Gateway } from './gateway.ts'
import type { StoredSession } from './stored-session.ts'

const AGAIN_MS = 3_000

type Room = Omit<NonNullable<WidgetRoomQuery['room']>, 'messages'>

export interface ChatState {
  /** Null until it is loaded. */
  readonly room: Room | null
  readonly messages: readonly WidgetMessageFragment[]
  readonly isConnected: boolean
  /** The conversation no longer exists. */
  readonly isGone: boolean
  /** Adds or replaces a message from a mutation's result. */
  readonly take: (message: WidgetMessageFragment) => void
}

/** The visitor's conversation: a page of it, then all later events. */
export function useChat(gateway: Gateway, { roomId, token }: StoredSession): ChatState {
  const [room, setRoom] = useState<Room | null>(null)
  const [messages, setMessages] = useState<readonly WidgetMessageFragment[]>([])
  const [isConnected, setConnected] = useState(true)
  const [isGone, setGone] = useState(false)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round starts with a page.
  useEffect(() => {
    let leave: (() => void) | null = null
    let pause: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const anew = () => setRound((count) => count + 1)
    const take = ({ roomEvents: event }: WidgetEventsSubscription) => {
      if ('message' in event) setMessages((known) => withMessage(known, event.message))
      else if ('messageId' in event) setMessages((known) => withoutMessage(known, event.messageId))
      else if ('room' in event) setRoom(event.room)
      // Events may be missing: the page is read again, and the stream starts from its cursor.
      else anew()
    }
    const stopReading = retryUntilDone(async () => {
      const { data, error } = await gateway.ask(RoomQuery, { id: roomId }, token)
      if (!wanted) return true
      if (!data?.room) {
        if (error === null) setGone(true)
        return error === null
      }
      const { messages: page, ...state } = data.room
      setRoom(state)
      setMessages(page.nodes)
      leave = gateway.listen(EventsSubscription, { roomId, after: page.pageInfo.endCursor }, token, {
        event: take,
        end: () => {
          pause = setTimeout(anew, AGAIN_MS)
        },
        connection: setConnected,
      })
      return true
    })
    return () => {
      wanted = false
      stopReading()
      clearTimeout(pause)
      leave?.()
    }
  }, [gateway, roomId, token, round])

  return {
    room,
    messages,
    isConnected,
    isGone,
    take: (message) => setMessages((known) => withMessage(known, message)),
  }
}
