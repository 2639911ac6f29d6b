import { useState } from 'preact/hooks'
import { StartMutation } from './documents.ts'
import { Field, fieldValue } from './field.tsx'
import type { Gateway } from './gateway.ts'
import type { StoredSession } from './stored-session.ts'

interface StartFormProps {
  readonly gateway: Gateway
  readonly provider: string
  readonly onStarted: (session: StoredSession) => void
  /** No agent is online after all. */
  readonly onUnavailable: () => void
}

/** Starts a conversation. Sent twice, by a second press or after a lost response, it starts only one. */
export function StartForm({ gateway, provider, onStarted, onUnavailable }: StartFormProps) {
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (form: HTMLFormElement) => {
    setBusy(true)
    const [name, email, text] = [
      fieldValue(form, 'name'),
      fieldValue(form, 'email'),
      fieldValue(form, 'text'),
    ]
    const input = { provider, name, email: email || null, text, idempotencyKey }
    const answer = await gateway.ask(StartMutation, { input })
    setBusy(false)
    const result = answer.data?.startRoom
    if (result && 'visitorToken' in result) {
      return onStarted({ roomId: result.room.id, token: result.visitorToken })
    }
    if (result?.code === 'CONFLICT') return onUnavailable()
    setError(result?.detail ?? answer.error)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <Field name="name" label="Your name" />
      <Field name="email" label="Your e-mail (optional)" type="email" isOptional />
      <Field name="text" label="How can we help?" isLong />
      <button type="submit" disabled={isBusy}>
        Start the chat
      </button>
      <p class="error" role="alert">
        {error}
      </p>
    </form>
  )
}
