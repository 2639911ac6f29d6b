import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { SendMutation } from '../documents.ts'
import { useTexts } from '../texts/language-context.tsx'
import { type Failure, failureOf } from '../ui/failure.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { Icon } from '../ui/icon.tsx'
import { useUploads } from './room-work.ts'
import { isSendKey } from './send-key.ts'
import { UploadList } from './upload-list.tsx'
import type { UploadQueue } from './upload-queue.ts'
import { useDraft } from './use-draft.ts'
import { useTypingReporter } from './use-typing.ts'

export type ComposerMode = 'reply' | 'note'

interface ComposerProps {
  readonly roomId: string
  readonly mode: ComposerMode
  /** Changes the mode; null where there is only one. */
  readonly onMode: ((mode: ComposerMode) => void) | null
  /** Shown in place of the reply where none is possible; null where one is. */
  readonly replyBlock: ReactNode
  readonly mayReportTyping: boolean
  /** The files to send; null where none can be sent. */
  readonly uploads: UploadQueue | null
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onSent: (message: ConsoleMessageFragment) => void
  /** Edits the operator's last message. */
  readonly onEditLast: () => void
  /** Moves the focus to the messages, where single keys are shortcuts. */
  readonly onLeave: () => void
}

/** Composes replies, and notes where the provider has them. */
export function Composer({ mode, onMode, replyBlock, ...form }: ComposerProps) {
  return (
    <div className={`composer ${mode}`}>
      {onMode && <ModeSwitch mode={mode} onMode={onMode} />}
      {mode === 'reply' && replyBlock !== null ? (
        replyBlock
      ) : (
        <ComposerForm key={mode} kind={mode} {...form} />
      )}
    </div>
  )
}

interface ModeSwitchProps {
  readonly mode: ComposerMode
  readonly onMode: (mode: ComposerMode) => void
}

function ModeSwitch({ mode, onMode }: ModeSwitchProps) {
  const { conversation } = useTexts()
  const modes = { reply: conversation.replyMode, note: conversation.noteMode }
  return (
    <fieldset className="composer-modes">
      <legend className="visually-hidden">{conversation.composerMode}</legend>
      {(['reply', 'note'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={mode === each} onClick={() => onMode(each)}>
          {each === 'note' && <Icon name="lock" />}
          {modes[each]}
        </button>
      ))}
    </fieldset>
  )
}

type ComposerFormProps = Omit<ComposerProps, 'mode' | 'onMode' | 'replyBlock'> & {
  readonly kind: ComposerMode
}

function ComposerForm({
  roomId,
  kind,
  mayReportTyping,
  uploads,
  field,
  onSent,
  onEditLast,
  onLeave,
}: ComposerFormProps) {
  const { room, conversation } = useTexts()
  const isNote = kind === 'note'
  const typing = useTypingReporter(roomId, mayReportTyping && !isNote)
  const client = useClient()
  const [draft, setDraft] = useDraft(roomId, kind)
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const files = useUploads(uploads)
  useFocusOnOpening(field)

  const isEmpty = draft.text.trim() === '' && (isNote || files.length === 0)
  const write = (text: string) => {
    setDraft(text)
    if (!isNote) typing.onInput(text)
  }
  const sendText = async () => {
    const visibility = isNote ? { visibility: 'AGENTS' as const } : {}
    const input = { roomId, text: draft.text, idempotencyKey: draft.key, ...visibility }
    // The operator sees at once that no response came, and sends the draft again under its key.
    const sent = await client.mutate(SendMutation, { input }, { maxAttempts: 1 })
    if (sent.status !== 'done') return setFailure(failureOf(sent))
    onSent(sent.payload.message)
    write('')
  }
  const submit = async () => {
    if (isEmpty || isSending) return
    setSending(true)
    setFailure(null)
    setRefusal(null)
    const areFilesSent = isNote || !uploads || (await uploads.send())
    if (areFilesSent && draft.text.trim() !== '') await sendText()
    setSending(false)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave()
    if (event.key === 'ArrowUp' && draft.text === '') {
      event.preventDefault()
      onEditLast()
    }
    if (!isSendKey(event)) return
    event.preventDefault()
    void submit()
  }
  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData
    // Office programs put a picture of copied text next to the text.
    if (files.length === 0 || types.includes('text/plain')) return
    event.preventDefault()
    if (isNote) setRefusal(conversation.noFilesInNotes)
    else if (uploads) uploads.add([...files])
    else setRefusal(conversation.noFiles)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }
  const sendLabel = isNote ? conversation.saveNote : failure === null ? room.send : room.sendAgain
  return (
    <form className="composer-form" onSubmit={onSubmit}>
      <FailureNote
        failure={failure}
        onDismiss={() => setFailure(null)}
        uncertain={conversation.sendAgainSafely}
      />
      {uploads && !isNote && <UploadList queue={uploads} />}
      <textarea
        ref={field}
        rows={2}
        dir="auto"
        value={draft.text}
        readOnly={isSending}
        aria-label={isNote ? conversation.noteLabel : room.reply}
        aria-describedby="composer-error"
        placeholder={isNote ? conversation.noteHint : room.replyHint}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className="composer-bar">
        {uploads && !isNote && <AttachButton onFiles={uploads.add} />}
        <p id="composer-error" role="alert" className="error">
          {refusal}
        </p>
        <button type="submit" className="send" disabled={isEmpty} aria-busy={isSending}>
          {isSending ? conversation.sending : sendLabel}
          {!isSending && <Icon name="send" />}
        </button>
      </div>
    </form>
  )
}

/** Puts the cursor into the field of a conversation that has just been opened, unless the operator writes elsewhere. */
function useFocusOnOpening(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const isWriting = document.activeElement?.matches('input, textarea, select') ?? false
    // On a phone the keyboard would cover the conversation.
    if (!isWriting && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [field])
}

function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { conversation } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file can be chosen again after it was removed.
          target.value = ''
        }}
      />
      <button
        type="button"
        className="quiet icon-only"
        aria-label={conversation.attach}
        title={conversation.attach}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
    </>
  )
}
