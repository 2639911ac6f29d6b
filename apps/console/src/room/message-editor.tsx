import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { UpdateMutation } from '../documents.ts'
import { useTexts } from '../texts/language-context.tsx'
import { failureOf } from '../ui/failure.ts'
import type { MessageEdit } from './room-work.ts'
import { isSendKey } from './send-key.ts'

interface MessageEditorProps {
  readonly message: ConsoleMessageFragment
  readonly edit: MessageEdit
  /** Called with the edited message; null where nothing was changed. */
  readonly onDone: (changed: ConsoleMessageFragment | null) => void
}

/** Edits the text of a message: Enter saves, Escape cancels. */
export function MessageEditor({ message, edit, onDone }: MessageEditorProps) {
  const { room, errors } = useTexts()
  const client = useClient()
  const [isSaving, setSaving] = useState(false)
  const [text, setText] = useState(edit.text)
  const [error, setError] = useState<string | null>(null)
  const write = (next: string) => {
    setText(next)
    edit.write(next)
  }
  const save = async () => {
    if (text.trim() === '' || isSaving) return
    if (text === message.text) return onDone(null)
    setSaving(true)
    const saved = await client.mutate(UpdateMutation, { input: { messageId: message.id, text } })
    setSaving(false)
    if (saved.status === 'done') return onDone(saved.payload.message)
    setError(failureOf(saved)?.detail ?? errors.unreachable)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onDone(null)
    if (!isSendKey(event)) return
    event.preventDefault()
    void save()
  }
  return (
    <form className="editor" onSubmit={onSubmit}>
      <textarea
        aria-label={room.editedText}
        rows={2}
        dir="auto"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the operator has just opened this editor.
        autoFocus
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" aria-busy={isSaving} disabled={text.trim() === ''}>
        {room.save}
      </button>
      <button type="button" className="quiet" onClick={() => onDone(null)}>
        {room.cancel}
      </button>
      {error !== null && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
    </form>
  )
}
