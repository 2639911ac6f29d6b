import { useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { DeleteMutation } from '../documents.ts'
import { TimeOfDay } from '../ui/timestamp.tsx'
import { FileLink } from './file-link.tsx'
import { MessageEditor } from './message-editor.tsx'

interface MessageItemProps {
  readonly message: ConsoleMessageFragment
  readonly mayEdit: boolean
  readonly mayDelete: boolean
  readonly onChanged: (message: ConsoleMessageFragment) => void
}

/** One message: its author, time, text and state. */
export function MessageItem({ message, mayEdit, mayDelete, onChanged }: MessageItemProps) {
  const [isEditing, setEditing] = useState(false)
  const { kind, text, state, visibility, author, createdAt, attachments } = message
  if (kind === 'SYSTEM') {
    // Some messages have no text: their kind says everything.
    if (text === '') return null
    return (
      <p className="system">
        {text} <TimeOfDay at={createdAt} />
      </p>
    )
  }
  const isOurs = author?.role === 'AGENT' || author?.role === 'BOT'
  const isNote = visibility === 'AGENTS'
  const canChange = isOurs && state !== 'DELETED' && kind === 'TEXT'
  return (
    <article className={`message ${isOurs ? 'ours' : 'theirs'}${isNote ? ' note' : ''}`}>
      <p className="by">
        <span>{author?.name ?? (isOurs ? 'Agent' : 'Visitor')}</span> <TimeOfDay at={createdAt} />
        {isNote && <span className="mark">for agents only</span>}
        {state === 'EDITED' && <span className="mark">edited</span>}
      </p>
      {isEditing ? (
        <MessageEditor
          message={message}
          onDone={(changed) => {
            setEditing(false)
            if (changed) onChanged(changed)
          }}
        />
      ) : (
        <p className="text" dir="auto">
          {state === 'DELETED' ? <em>Message deleted</em> : text}
        </p>
      )}
      {attachments.map((attachment) => (
        <p key={attachment.id} className="file">
          <FileLink {...attachment} />
        </p>
      ))}
      {canChange && !isEditing && (
        <p className="actions">
          {mayEdit && (
            <button type="button" className="quiet" onClick={() => setEditing(true)}>
              Edit
            </button>
          )}
          {mayDelete && <DeleteButton messageId={message.id} />}
        </p>
      )}
    </article>
  )
}

/** Deletes at the second press. The room's events then remove the message. */
function DeleteButton({ messageId }: { readonly messageId: string }) {
  const [{ fetching }, remove] = useMutation(DeleteMutation)
  const [isSure, setSure] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const press = async () => {
    if (!isSure) return setSure(true)
    const { data, error } = await remove({ input: { messageId } })
    const result = data?.deleteMessage
    setSure(false)
    if (result && 'detail' in result) setError(result.detail)
    else setError(error?.message ?? null)
  }
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={fetching}
        onClick={() => void press()}
        onBlur={() => setSure(false)}
      >
        {isSure ? 'Delete for everybody?' : 'Delete'}
      </button>
      {error !== null && (
        <span role="alert" className="error">
          {error}
        </span>
      )}
    </>
  )
}
