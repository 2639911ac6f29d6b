import { useTexts } from '../texts/language-context.tsx'
import { useDraft } from './use-draft.ts'

/** A reply that can no longer be sent, for example because the visitor has closed the conversation. */
export function DraftLeft({ roomId }: { readonly roomId: string }) {
  const { conversation } = useTexts()
  const [{ text }, write] = useDraft(roomId, 'reply')
  if (text === '') return null
  return (
    <div className="draft-left">
      <p>{conversation.draftLeft}</p>
      <blockquote dir="auto">{text}</blockquote>
      <button type="button" className="quiet" onClick={() => write('')}>
        {conversation.discardDraft}
      </button>
    </div>
  )
}
