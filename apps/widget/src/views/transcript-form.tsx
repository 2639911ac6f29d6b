import { sendMutation } from '@switchboard/client'
import { useEffect, useRef, useState } from 'preact/hooks'
import { transcriptDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import type { Visitor } from '../gateway/visitor.ts'
import { useWrite } from '../state/use-write.ts'
import { fill } from '../texts/language.ts'
import { Field, fieldValue } from './field.tsx'
import { Problem } from './problem.tsx'

interface TranscriptFormProps {
  readonly visitor: Visitor
  readonly onEnd: () => void
}

/** Asks where the transcript goes, and has it mailed. */
export function TranscriptForm({ visitor, onEnd }: TranscriptFormProps) {
  const { texts } = useEnvironment()
  const { isBusy, failure, follow } = useWrite()
  const [recipient, setRecipient] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = async (email: string) => {
    const input = { roomId: visitor.roomId, email }
    const { status } = await follow(sendMutation(visitor.session, transcriptDocument, { input }))
    if (status === 'done') setRecipient(email)
  }
  if (recipient !== null) {
    return (
      <div class="sheet">
        <p class="note" role="status">
          {fill(texts.transcriptRequested, recipient)}
        </p>
        <button type="button" class="quiet" onClick={onEnd}>
          {texts.done}
        </button>
      </div>
    )
  }
  return (
    <form
      class="sheet"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit(fieldValue(event.currentTarget, 'transcript') ?? '')
      }}
    >
      <Field name="transcript" label={texts.transcriptEmail} type="email" />
      <Problem failure={failure} />
      <span class="actions">
        <button type="submit" class="primary" disabled={isBusy}>
          {texts.sendTranscript}
        </button>
        <button type="button" class="quiet" onClick={onEnd}>
          {texts.cancel}
        </button>
      </span>
    </form>
  )
}
