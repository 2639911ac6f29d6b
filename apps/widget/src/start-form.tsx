import { useState } from 'preact/hooks'
import { StartMutation } from './documents.ts'
import { entryOf, Field } from './field.tsx'
import type { Gateway } from './gateway.ts'
import type { Visit } from './stored-session.ts'

interface StartFormProps {
  readonly gateway: Gateway
  readonly provider: string
  readonly onBegun: (visit: Visit) => void
  /** Nobody is there after all. */
  readonly onNobody: () => void
}

/** Begins a conversation. Sent twice by an impatient finger or a lost answer, it begins one all the same. */
export function StartForm({ gateway, provider, onBegun, onNobody }: StartFormProps) {
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const submit = async (form: HTMLFormElement) => {
    setBusy(true)
    const [name, email, text] = [entryOf(form, 'name'), entryOf(form, 'email'), entryOf(form, 'text')]
    const input = { provider, name, email: email || null, text, idempotencyKey }
    const answer = await gateway.ask(StartMutation, { input })
    setBusy(false)
    const result = answer.data?.startRoom
    if (result && 'visitorToken' in result) {
      return onBegun({ roomId: result.room.id, token: result.visitorToken })
    }
    if (result?.code === 'CONFLICT') return onNobody()
    setFault(result?.detail ?? answer.fault)
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
      <p class="fault" role="alert">
        {fault}
      </p>
    </form>
  )
}
