import { createContext, useContext, useState } from 'react'
import { type Draft, type DraftKind, loadDraft, saveDraft } from './drafts.ts'

/** The name of the operator, whose drafts are kept apart from those of others at the same browser. */
export const OperatorContext = createContext('')

/** A draft of the operator in a room, and the function that replaces its text; an empty text removes it. */
export function useDraft(roomId: string, kind: DraftKind): readonly [Draft, (text: string) => void] {
  const operator = useContext(OperatorContext)
  const [draft, setDraft] = useState(() => loadDraft(operator, roomId, kind))
  const write = (text: string) => {
    const next = { text, key: crypto.randomUUID() }
    saveDraft(operator, roomId, kind, next)
    setDraft(next)
  }
  return [draft, write]
}
