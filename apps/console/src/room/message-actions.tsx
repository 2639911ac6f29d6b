import { useState } from 'react'
import { useClient } from '../client-context.ts'
import { DeleteMutation } from '../documents.ts'
import { useTexts } from '../texts/language-context.tsx'
import { failureOf } from '../ui/failure.ts'
import { Icon } from '../ui/icon.tsx'

interface MessageActionsProps {
  readonly messageId: string
  readonly mayDelete: boolean
  /** Begins to edit the message; null where that is not allowed. */
  readonly onEdit: (() => void) | null
  readonly onDeleted: () => void
}

/** What the operator can do with a message of its own. A second press deletes it. */
export function MessageActions({ messageId, mayDelete, onEdit, onDeleted }: MessageActionsProps) {
  const { room, errors } = useTexts()
  const client = useClient()
  const [isDeleting, setDeleting] = useState(false)
  const [isSure, setSure] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const press = async () => {
    if (!isSure) return setSure(true)
    if (isDeleting) return
    setDeleting(true)
    const failure = failureOf(await client.mutate(DeleteMutation, { input: { messageId } }))
    setDeleting(false)
    setSure(false)
    setError(failure && (failure.detail ?? errors.unreachable))
    if (failure === null) onDeleted()
  }
  return (
    <>
      <p className="message-actions">
        {onEdit && (
          <button type="button" className="quiet" onClick={onEdit}>
            <Icon name="edit" /> {room.edit}
          </button>
        )}
        {mayDelete && (
          <button
            type="button"
            className={isSure ? 'danger' : 'quiet'}
            aria-busy={isDeleting}
            onClick={() => void press()}
            onBlur={() => setSure(false)}
            onKeyDown={({ key }) => key === 'Escape' && setSure(false)}
          >
            <Icon name="delete" /> {isSure ? room.confirmDelete : room.delete}
          </button>
        )}
      </p>
      {error !== null && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
    </>
  )
}
