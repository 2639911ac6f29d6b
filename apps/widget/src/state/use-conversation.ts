import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Capability } from '../../generated/operations.ts'
import { useEnvironment } from '../environment.ts'
import { createVisitor, type Visitor } from '../gateway/visitor.ts'
import { Outbox, type Unsent } from './outbox.ts'
import { type ChatState, useChat } from './use-chat.ts'
import { isFromAgent, useUnread } from './use-reading.ts'
import { type Signals, useSignals } from './use-signals.ts'
import type { StoredConversation } from './visitor-storage.ts'

/** The visitor's conversation with everything that the panel shows of it. */
export interface ConversationState extends ChatState, Signals {
  readonly visitor: Visitor
  readonly outbox: Outbox
  readonly unsent: readonly Unsent[]
  readonly isOver: boolean
  readonly may: (capability: Capability) => boolean
}

/** Follows a conversation, also while the panel is hidden. `isVisible` says whether the visitor sees its messages. */
export function useConversation(
  stored: StoredConversation | null,
  isVisible: boolean,
): { readonly conversation: ConversationState | null; readonly unread: number } {
  const { gateway, storage } = useEnvironment()
  const start = stored?.startedAt
  // biome-ignore lint/correctness/useExhaustiveDependencies: renewed tokens are those of the same visitor.
  const visitor = useMemo(
    () => stored && createVisitor(gateway.session, storage, stored),
    [gateway, storage, start],
  )
  const chat = useChat(visitor)
  const [unsent, setUnsent] = useState<readonly Unsent[]>([])
  const outbox = useMemo(
    () => visitor && new Outbox(gateway, visitor, storage, setUnsent),
    [gateway, visitor, storage],
  )
  useEffect(() => outbox?.onMessages(chat.messages), [outbox, chat.messages])
  const isOver = chat.isGone || chat.room?.status === 'CLOSED'
  const newest = chat.messages.findLast(isFromAgent)
  const signals = useSignals(visitor, newest?.id, isOver)
  const may = (wanted: Capability) =>
    chat.room?.capabilities.some(({ capability, allowed }) => capability === wanted && allowed) ?? false
  const reading = { isVisible, mayReport: may('MARK_SEEN') }
  const unread = useUnread(visitor, storage, chat.messages, reading)
  const conversation = visitor && outbox && { ...chat, ...signals, visitor, outbox, unsent, isOver, may }
  return { conversation, unread }
}
