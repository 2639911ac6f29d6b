import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { CloseMutation } from '../documents.ts'

interface CloseFormProps {
  readonly roomId: string
  readonly onClosed: () => Promise<void>
}

/** Closes a conversation, with a comment for those who read it later: some servers demand one. */
export function CloseForm({ roomId, onClosed }: CloseFormProps) {
  const [{ fetching }, close] = useMutation(CloseMutation)
  const [isOpen, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data, error } = await close({ input: { roomId, comment: comment || null } })
    const result = data?.closeRoom
    if (result && 'detail' in result) setFault(result.detail)
    else setFault(error ? 'It was not closed.' : null)
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
          aria-describedby="close-fault"
        />
      </label>
      <button type="submit" disabled={fetching}>
        Close it
      </button>
      <button type="button" className="quiet" onClick={() => setOpen(false)}>
        Leave it open
      </button>
      <p id="close-fault" role="alert" className="fault">
        {fault}
      </p>
    </form>
  )
}
