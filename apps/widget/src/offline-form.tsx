import { useState } from 'preact/hooks'
import { OfflineMutation } from './documents.ts'
import { Field, fieldValue } from './field.tsx'
import type { Gateway } from './gateway.ts'

interface OfflineFormProps {
  readonly gateway: Gateway
  readonly provider: string
}

/** Sends an offline message while no agent is online. The gateway keeps what it accepted, even if the provider fails. */
export function OfflineForm({ gateway, provider }: OfflineFormProps) {
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const [isBusy, setBusy] = useState(false)
  const [isLeft, setLeft] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (form: HTMLFormElement) => {
    setBusy(true)
    const [name, email, text] = [
      fieldValue(form, 'name'),
      fieldValue(form, 'email'),
      fieldValue(form, 'text'),
    ]
    const answer = await gateway.ask(OfflineMutation, {
      input: { provider, name, email, text, idempotencyKey },
    })
    setBusy(false)
    const result = answer.data?.sendOfflineMessage
    if (!result || !('offlineMessage' in result)) return setError(result?.detail ?? answer.error)
    const { state, lastError } = result.offlineMessage.delivery
    if (state === 'FAILED') setError(lastError ?? 'The message could not be delivered.')
    else setLeft(true)
  }
  if (isLeft) {
    return (
      <p class="note" role="status">
        Thank you. Your message is with us; we answer by e-mail.
      </p>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <p class="note">Nobody is here right now. Leave a message, and we answer by e-mail.</p>
      <Field name="name" label="Your name" />
      <Field name="email" label="Your e-mail" type="email" />
      <Field name="text" label="Your message" isLong />
      <button type="submit" disabled={isBusy}>
        Leave the message
      </button>
      <p class="error" role="alert">
        {error}
      </p>
    </form>
  )
}
