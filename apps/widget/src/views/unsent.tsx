import { useEnvironment } from '../environment.ts'
import type { Outbox, Unsent } from '../state/outbox.ts'
import { fill } from '../texts/language.ts'
import { FileIcon } from './icons.tsx'
import { LinkedText } from './linked-text.tsx'
import { Problem } from './problem.tsx'

interface UnsentViewProps {
  readonly unsent: Unsent
  readonly outbox: Outbox
}

/** A message or a file on its way, or one that could not be sent. */
export function UnsentView({ unsent, outbox }: UnsentViewProps) {
  const { texts } = useEnvironment()
  const { key, text, file, progress, failure, isDelayed } = unsent
  return (
    <div class="message mine unsent">
      <div class="bubble">
        {file ? (
          <span class="file">
            <FileIcon />
            <span dir="auto">{text}</span>
          </span>
        ) : (
          <LinkedText text={text} />
        )}
        {file && !failure && <progress aria-label={fill(texts.uploading, text)} value={progress} />}
      </div>
      {failure ? (
        <>
          <span class="meta">{texts.notSent}</span>
          <Problem failure={failure} />
          <span class="actions">
            <button type="button" class="quiet" onClick={() => outbox.sendAgain(key)}>
              {texts.retryMessage}
            </button>
            <button type="button" class="quiet" onClick={() => outbox.discard(key)}>
              {texts.discardMessage}
            </button>
          </span>
        </>
      ) : (
        <span class="meta">{isDelayed ? texts.delayed : texts.sending}</span>
      )}
    </div>
  )
}
