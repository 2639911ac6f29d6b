import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { SendMutation } from '../documents.ts'
import type { Allowance } from './permissions.ts'

interface ComposerProps {
  readonly roomId: string
  readonly allowance: Allowance
  readonly onSent: (message: ConsoleMessageFragment) => void
}

/** Where a reply is written; where none is possible, why. */
export function Composer({ roomId, allowance, onSent }: ComposerProps) {
  const [{ fetching }, send] = useMutation(SendMutation)
  const [text, setText] = useState('')
  // One key for one text: sent again after a failure, the message still goes out once.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [fault, setFault] = useState<string | null>(null)
  if (!allowance.allowed)
    return <p className="note composer">{allowance.reason ?? 'You cannot reply here.'}</p>

  const write = (next: string) => {
    setText(next)
    setKey(crypto.randomUUID())
  }
  const submit = async () => {
    if (text.trim() === '' || fetching) return
    const { data, error } = await send({ input: { roomId, text, idempotencyKey: key } })
    const result = data?.sendMessage
    if (!result || !('message' in result)) {
      setFault(result && 'detail' in result ? result.detail : (error?.message ?? 'It was not sent.'))
      return
    }
    onSent(result.message)
    setFault(null)
    write('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }

  return (
    <form className="composer" onSubmit={onSubmit}>
      <label htmlFor="reply">Reply</label>
      <textarea
        id="reply"
        rows={2}
        value={text}
        aria-describedby="reply-fault"
        placeholder="Enter sends, Shift+Enter begins a line"
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" disabled={fetching || text.trim() === ''}>
        {fault === null ? 'Send' : 'Send again'}
      </button>
      <p id="reply-fault" role="alert" className="fault">
        {fault}
      </p>
    </form>
  )
}
