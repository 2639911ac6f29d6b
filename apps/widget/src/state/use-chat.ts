import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import {
  WidgetEarlierMessagesDocument,
  WidgetEventsDocument,
  type WidgetEventsSubscription,
  type WidgetMessageFragment,
  WidgetRoomDocument,
  type WidgetRoomStateFragment,
} from '../../generated/graphql.ts'
import type { Failure } from '../gateway/gateway.ts'
import { UNAUTHENTICATED, type Visitor } from '../gateway/visitor.ts'
import { withMessage, withoutMessage } from './timeline.ts'

export type Message = WidgetMessageFragment

/** The visitor's conversation as the widget knows it. */
export interface ChatState {
  /** Null until it is loaded. */
  readonly room: WidgetRoomStateFragment | null
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** Loads the messages before these; null if there are none. */
  readonly loadEarlier: (() => Promise<void>) | null
  readonly isConnected: boolean
  /** Why the conversation could not be read at the last attempt; null if it could. */
  readonly failure: Failure | null
  /** The conversation no longer exists, or the visitor cannot prove any more to be its visitor. */
  readonly isGone: boolean
  /** Adds or replaces a message from a mutation's result. */
  readonly take: (message: Message) => void
}

/** Reads the visitor's conversation, a page of it and then all later events, as long as the page is open; nothing without a visitor. */
export function useChat(visitor: Visitor | null): ChatState {
  const [room, setRoom] = useState<WidgetRoomStateFragment | null>(null)
  const [messages, setMessages] = useState<readonly Message[]>([])
  const [earlier, setEarlier] = useState<string | null>(null)
  /** The cursor before which a page is being read; null while none is. */
  const reading = useRef<string | null>(null)
  const [isConnected, setConnected] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isGone, setGone] = useState(false)
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another visitor is another conversation.
  useEffect(() => {
    setRoom(null)
    setMessages([])
    setEarlier(null)
    reading.current = null
    setFailure(null)
    setGone(false)
  }, [visitor])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round starts with a page.
  useEffect(() => {
    if (!visitor) return
    const { roomId, gateway } = visitor
    let leave: (() => void) | null = null
    let isWanted = true
    const readAgain = () => isWanted && setRound((count) => count + 1)
    const take = ({ roomEvents: event }: WidgetEventsSubscription) => {
      if ('message' in event) setMessages((known) => withMessage(known, event.message))
      else if ('messageId' in event) setMessages((known) => withoutMessage(known, event.messageId))
      else if ('room' in event) setRoom(event.room)
      // Events may be missing: the page is read again, and the stream starts from its cursor.
      else readAgain()
    }
    const read = async () => {
      for (let attempt = 0; isWanted; attempt += 1) {
        const { data, failure } = await visitor.ask(WidgetRoomDocument, { id: roomId })
        if (!isWanted) return
        if (data?.room) {
          const { messages: page, ...state } = data.room
          setConnected(true)
          setFailure(null)
          setRoom(state)
          // A page that is still being read belongs before the messages that this one replaces.
          reading.current = null
          setMessages(page.nodes)
          setEarlier(page.pageInfo.hasPreviousPage ? (page.pageInfo.startCursor ?? null) : null)
          leave = visitor.listen(
            WidgetEventsDocument,
            { roomId, after: page.pageInfo.endCursor ?? null },
            {
              event: take,
              end: () => void gateway.pause.wait(2).then(readAgain),
              connection: setConnected,
            },
          )
          return
        }
        const isGone = failure === null || failure.code === UNAUTHENTICATED
        setGone(isGone)
        setConnected(isGone)
        setFailure(failure)
        if (isGone) return
        await gateway.pause.wait(attempt)
      }
    }
    void read()
    return () => {
      isWanted = false
      leave?.()
    }
  }, [visitor, round])

  const loadEarlier = useCallback(async () => {
    // A double click must not read the page twice.
    if (!visitor || !earlier || reading.current === earlier) return
    reading.current = earlier
    const variables = { id: visitor.roomId, before: earlier }
    const { data } = await visitor.ask(WidgetEarlierMessagesDocument, variables)
    if (reading.current !== earlier) return
    reading.current = null
    if (!data?.room) return
    const { nodes, pageInfo } = data.room.messages
    setMessages((known) => [...nodes, ...known])
    setEarlier(pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? null) : null)
  }, [visitor, earlier])

  const take = useCallback((message: Message) => setMessages((known) => withMessage(known, message)), [])
  return {
    room,
    messages,
    loadEarlier: earlier === null ? null : loadEarlier,
    isConnected,
    failure,
    isGone,
    take,
  }
}
