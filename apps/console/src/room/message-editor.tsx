import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { UpdateMutation } from '../documents.ts'
import { useTexts } from '../texts/language-context.tsx'
import { describeFailure } from '../ui/displayed-errors.ts'
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
  const [{ fetching }, update] = useMutation(UpdateMutation)
  const [text, setText] = useState(edit.text)
  const [error, setError] = useState<string | null>(null)
  const write = (next: string) => {
    setText(next)
    edit.write(next)
  }
  const save = async () => {
    if (text.trim() === '' || fetching) return
    if (text === message.text) return onDone(null)
    const { data, error: failure } = await update({ input: { messageId: message.id, text } })
    const result = data?.updateMessage
    if (result && 'message' in result) return onDone(result.message)
    setError(describeFailure({ result, error: failure }, errors, room.notChanged))
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
      <button type="submit" aria-busy={fetching} disabled={text.trim() === ''}>
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
