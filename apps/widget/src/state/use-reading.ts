import { sendMutation } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import { seenDocument } from '../documents.ts'
import type { Visitor } from '../gateway/visitor.ts'
import type { Message } from './use-chat.ts'
import type { VisitorStorage } from './visitor-storage.ts'

/** Whether a message is new to the visitor if it was not there before. */
export function isFromAgent({ author, kind, state }: Message): boolean {
  return author?.role !== 'VISITOR' && kind !== 'SYSTEM' && state !== 'DELETED'
}

/**
 * The number of messages that the visitor has not seen, in any tab of the site. `isVisible` says whether the panel shows
 * them; then they count as seen, which is reported to the provider if `mayReport`.
 */
export function useUnread(
  visitor: Visitor | null,
  storage: VisitorStorage,
  messages: readonly Message[],
  { isVisible, mayReport }: { readonly isVisible: boolean; readonly mayReport: boolean },
): number {
  const isInFront = usePageVisibility()
  const [, setReadings] = useState(0)
  const newest = messages.findLast(isFromAgent)
  const upTo = visitor ? storage.readUpTo(visitor.roomId) : ''
  const isReading = isVisible && isInFront
  useEffect(() => {
    if (!visitor || !isReading || !newest || newest.createdAt <= upTo) return
    storage.saveReadUpTo(visitor.roomId, newest.createdAt)
    setReadings((count) => count + 1)
    const input = { roomId: visitor.roomId, messageId: newest.id }
    if (mayReport) void sendMutation(visitor.session, seenDocument, { input })
  }, [visitor, storage, isReading, newest, upTo, mayReport])
  return messages.filter((message) => isFromAgent(message) && message.createdAt > upTo).length
}

function usePageVisibility(): boolean {
  const [isInFront, setInFront] = useState(!document.hidden)
  useEffect(() => {
    const update = () => setInFront(!document.hidden)
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return isInFront
}
