import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { CloseMutation } from '../documents.ts'

interface CloseFormProps {
  readonly roomId: string
  readonly onClosed: () => Promise<void>
}

/** Closes a conversation, with a comment that some servers require. */
export function CloseForm({ roomId, onClosed }: CloseFormProps) {
  const [{ fetching }, close] = useMutation(CloseMutation)
  const [isOpen, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data, error } = await close({ input: { roomId, comment: comment || null } })
    const result = data?.closeRoom
    if (result && 'detail' in result) setError(result.detail)
    else setError(error ? 'It was not closed.' : null)
    await onClosed()
  }
  if (!isOpen) {
    return (
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        Close conversation
      </button>
    )
  }
  return (
    <form className="close" onSubmit={(event) => void submit(event)}>
      <label>
        Comment{' '}
        <input
          value={comment}
          onChange={({ target }) => setComment(target.value)}
          aria-describedby="close-error"
        />
      </label>
      <button type="submit" disabled={fetching}>
        Close it
      </button>
      <button type="button" className="quiet" onClick={() => setOpen(false)}>
        Leave it open
      </button>
      <p id="close-error" role="alert" className="error">
        {error}
      </p>
    </form>
  )
}
