import { useEffect, useState } from 'preact/hooks'
import type { WidgetMessageFragment, WidgetRoomStateFragment } from '../../generated/operations.ts'
import { useEnvironment } from '../environment.ts'
import type { Failure } from '../gateway/gateway.ts'
import type { Visitor } from '../gateway/visitor.ts'
import { useStore } from './use-store.ts'

const NO_MESSAGES: readonly Message[] = []

export type Message = WidgetMessageFragment

/** The visitor's conversation as the widget knows it. */
export interface ChatState {
  /** Null until it is loaded. */
  readonly room: WidgetRoomStateFragment | null
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** Whether there are messages before these. */
  readonly hasEarlier: boolean
  readonly isConnected: boolean
  /** Why the conversation is not updated; null while it is. */
  readonly failure: Failure | null
  /** The conversation no longer exists, or the visitor cannot prove any more to be its visitor. */
  readonly isGone: boolean
}

/** Follows the visitor's conversation as long as the page is open; nothing without a visitor. */
export function useChat(visitor: Visitor | null): ChatState {
  const { gateway } = useEnvironment()
  const state = useStore(visitor?.timeline)
  const connection = useStore(visitor?.session.connection)
  const [failure, setFailure] = useState<Failure | null>(null)
  const error = state?.error ?? null
  useEffect(() => {
    if (!error) return setFailure(null)
    let isCurrent = true
    void gateway.explain(error).then((found) => isCurrent && setFailure(found))
    return () => {
      isCurrent = false
    }
  }, [gateway, error])
  const isGone = failure?.code === 'NOT_FOUND' || failure?.code === 'UNAUTHENTICATED'
  return {
    room: state?.room ?? null,
    messages: state?.messages ?? NO_MESSAGES,
    hasEarlier: !!state?.hasEarlier,
    isConnected: isGone || (!failure && connection?.status !== 'lost'),
    failure,
    isGone,
  }
}
