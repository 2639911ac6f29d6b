import { GatewayError, NetworkError, retry, retryNow } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Failure } from '../gateway/gateway.ts'
import { startConversation } from '../state/start-conversation.ts'
import { useQuestions } from '../state/use-questions.ts'
import type { StoredConversation } from '../state/visitor-storage.ts'
import { type Department, DepartmentField, type Provider } from './department-field.tsx'
import { LongField } from './field.tsx'
import { Problem } from './problem.tsx'
import { answersOf, Questions } from './questions.tsx'

interface StartFormProps {
  readonly provider: Provider
  /** Departments in which an agent may be online. */
  readonly departments: readonly Department[]
  readonly previous: StoredConversation | null
  readonly onStarted: (conversation: StoredConversation, unsentText: string | null) => void
  /** The form can take the focus. */
  readonly onReady: () => void
  /** No agent is online after all. */
  readonly onUnavailable: () => void
}

/** Starts a conversation; while the gateway is away, it tries again until the conversation has started. */
export function StartForm({
  provider,
  departments,
  previous,
  onStarted,
  onReady,
  onUnavailable,
}: StartFormProps) {
  const { settings, gateway, storage, texts } = useEnvironment()
  const [text, setText] = useState(() => storage.draft())
  const [departmentId, setDepartmentId] = useState(departments.length === 1 ? (departments[0]?.id ?? '') : '')
  const questions = useQuestions(departmentId || provider.id, previous === null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [leaving] = useState(() => new AbortController())
  useEffect(() => () => leaving.abort(), [leaving])
  const write = (next: string) => {
    setText(next)
    storage.saveDraft(next)
  }
  const isReady = questions !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is ready once.
  useEffect(() => {
    if (isReady) onReady()
  }, [isReady])
  if (!questions) {
    return (
      <p class="form note" role="status">
        {texts.loading}
      </p>
    )
  }
  const submit = async (form: HTMLFormElement) => {
    setBusy(true)
    const input = {
      provider: provider.name,
      departmentId: departmentId || null,
      ...answersOf(form, questions),
      text: text.trim(),
    }
    const explain = async (error: unknown) => setFailure(await gateway.explain(error))
    try {
      const { conversation, unsentText } = await retry(
        gateway.session,
        () => startConversation(gateway, storage, input, previous),
        {
          signal: leaving.signal,
          onFailure: (error) => void explain(error),
          mayRetry: (error) => error instanceof NetworkError,
        },
      )
      storage.saveDraft('')
      onStarted(conversation, unsentText)
    } catch (error) {
      if (leaving.signal.aborted) return
      if (error instanceof GatewayError && error.code === 'CONFLICT') return onUnavailable()
      await explain(error)
      setBusy(false)
    }
  }
  const isAway = isBusy && failure?.code === 'AWAY'
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <p class="note" dir="auto">
        {settings.greeting ?? texts.greeting}
      </p>
      <DepartmentField departments={departments} value={departmentId} onInput={setDepartmentId} />
      <Questions questions={questions} />
      <LongField name="text" label={texts.question} value={text} onInput={write} />
      <Problem failure={failure} />
      <button type="submit" class="primary" disabled={isBusy}>
        {texts.start}
      </button>
      {isAway && (
        <button type="button" class="quiet" onClick={() => retryNow(gateway.session)}>
          {texts.retry}
        </button>
      )}
    </form>
  )
}
