import { createIdempotencyKey, sendMutation } from '@switchboard/client'
import { useEffect, useRef, useState } from 'preact/hooks'
import { offlineDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import { useWrite } from '../state/use-write.ts'
import { Field, fieldValue, LongField } from './field.tsx'
import { Problem } from './problem.tsx'

interface OfflineFormProps {
  readonly provider: string
  /** The provider's id of a department; null for none. */
  readonly department: string | null
  /** The form can take the focus. */
  readonly onReady: () => void
}

/** Sends an offline message while no agent is online. The gateway keeps what it accepted, even if the provider fails. */
export function OfflineForm({ provider, department, onReady }: OfflineFormProps) {
  const { gateway, storage, texts } = useEnvironment()
  // Each content has a key of its own: sent again after a lost response, the message is stored once.
  const attempt = useRef({ content: '', idempotencyKey: '' })
  const [text, setText] = useState(() => storage.draft())
  const { isBusy, failure, follow } = useWrite()
  const [isLeft, setLeft] = useState(false)
  const [isFailed, setFailed] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is ready once.
  useEffect(onReady, [])
  const write = (next: string) => {
    setText(next)
    storage.saveDraft(next)
  }
  const submit = async (form: HTMLFormElement) => {
    const input = {
      provider,
      department,
      name: fieldValue(form, 'name') ?? '',
      email: fieldValue(form, 'email') ?? '',
      text: text.trim(),
      host: location.origin + location.pathname,
    }
    const content = JSON.stringify(input)
    if (attempt.current.content !== content)
      attempt.current = { content, idempotencyKey: createIdempotencyKey() }
    const { idempotencyKey } = attempt.current
    const outcome = await follow(
      sendMutation(
        gateway.session,
        offlineDocument,
        { input: { ...input, idempotencyKey } },
        { maxAttempts: 1 },
      ),
    )
    if (outcome.status !== 'done') return
    const isFailed = outcome.payload.offlineMessage.delivery.state === 'FAILED'
    setFailed(isFailed)
    setLeft(!isFailed)
    if (!isFailed) storage.saveDraft('')
  }
  if (isLeft) {
    return (
      <p class="form note" role="status">
        {texts.messageLeft}
      </p>
    )
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <p class="note">{texts.nobodyHere}</p>
      <Field name="name" label={texts.name} />
      <Field name="email" label={texts.email} type="email" />
      <LongField name="text" label={texts.offlineText} value={text} onInput={write} />
      <Problem failure={failure ?? (isFailed ? { code: 'PROVIDER_ERROR' } : null)} />
      <button type="submit" class="primary" disabled={isBusy}>
        {texts.leaveMessage}
      </button>
    </form>
  )
}
