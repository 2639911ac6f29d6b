import { createIdempotencyKey } from '@switchboard/client'
import { createContext, useContext, useEffect, useState } from 'react'
import { type Draft, type DraftKind, loadDraft, onDraftSaved, saveDraft } from './drafts.ts'

/** The name of the operator, whose drafts are kept apart from those of others at the same browser. */
export const OperatorContext = createContext('')

/**
 * A draft of the operator in a room, and the function that replaces its text; an empty text removes it. A reply whose files are still
 * being sent can be sent after its room was left and opened again, so the draft follows what is saved elsewhere in the page.
 */
export function useDraft(roomId: string, kind: DraftKind): readonly [Draft, (text: string) => void] {
  const operator = useContext(OperatorContext)
  const [draft, setDraft] = useState(() => loadDraft(operator, roomId, kind))
  const write = (text: string) => {
    const next = { text, key: createIdempotencyKey() }
    setDraft(next)
    saveDraft(operator, roomId, kind, next)
  }
  useEffect(() => onDraftSaved(operator, roomId, kind, setDraft), [operator, roomId, kind])
  return [draft, write]
}
