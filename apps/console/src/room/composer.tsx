import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { SendMutation } from '../documents.ts'
import type { Permission } from './permissions.ts'
import { useTypingReporter } from './use-typing.ts'

interface ComposerProps {
  readonly roomId: string
  readonly permission: Permission
  readonly mayReportTyping: boolean
  readonly onSent: (message: ConsoleMessageFragment) => void
}

/** Composes a reply, or shows why none is possible. */
export function Composer({ roomId, permission, mayReportTyping, onSent }: ComposerProps) {
  const typing = useTypingReporter(roomId, mayReportTyping)
  const [{ fetching }, send] = useMutation(SendMutation)
  const [text, setText] = useState('')
  // One idempotency key for each text: a message that is sent again after a failure is delivered once.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [error, setError] = useState<string | null>(null)
  if (!permission.allowed)
    return <p className="note composer">{permission.reason ?? 'You cannot reply here.'}</p>

  const write = (next: string) => {
    setText(next)
    setKey(crypto.randomUUID())
    typing.onInput(next)
  }
  const submit = async () => {
    if (text.trim() === '' || fetching) return
    const { data, error } = await send({ input: { roomId, text, idempotencyKey: key } })
    const result = data?.sendMessage
    if (!result || !('message' in result)) {
      setError(result && 'detail' in result ? result.detail : (error?.message ?? 'It was not sent.'))
      return
    }
    onSent(result.message)
    setError(null)
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
        aria-describedby="reply-error"
        placeholder="Enter sends, Shift+Enter begins a line"
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" disabled={fetching || text.trim() === ''}>
        {error === null ? 'Send' : 'Send again'}
      </button>
      <p id="reply-error" role="alert" className="error">
        {error}
      </p>
    </form>
  )
}
