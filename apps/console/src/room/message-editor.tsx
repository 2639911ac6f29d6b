import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { UpdateMutation } from '../documents.ts'

interface MessageEditorProps {
  readonly message: ConsoleMessageFragment
  /** The edited message; null where nothing was changed. */
  readonly onDone: (changed: ConsoleMessageFragment | null) => void
}

/** Edits the text of a message. */
export function MessageEditor({ message, onDone }: MessageEditorProps) {
  const [{ fetching }, update] = useMutation(UpdateMutation)
  const [text, setText] = useState(message.text)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data, error } = await update({ input: { messageId: message.id, text } })
    const result = data?.updateMessage
    if (result && 'message' in result) return onDone(result.message)
    setError(result && 'detail' in result ? result.detail : (error?.message ?? 'It was not changed.'))
  }
  return (
    <form className="editor" onSubmit={(event) => void submit(event)}>
      <textarea
        aria-label="The message’s text"
        rows={3}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the operator has just opened this editor.
        autoFocus
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onDone(null)}
      />
      <button type="submit" disabled={fetching || text.trim() === ''}>
        Save
      </button>
      <button type="button" className="quiet" onClick={() => onDone(null)}>
        Cancel
      </button>
      {error !== null && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
    </form>
  )
}
