import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Visitor } from '../gateway/visitor.ts'
import type { Outbox } from '../state/outbox.ts'
import { useTypingReporter } from '../state/use-typing-reporter.ts'
import { MAX_TEXT } from './field.tsx'
import { AttachIcon, SendIcon } from './icons.tsx'

interface ComposerProps {
  readonly visitor: Visitor
  readonly outbox: Outbox
  readonly mayReportTyping: boolean
  readonly maySendFiles: boolean
  /** Whether to take the focus. */
  readonly isFocused: boolean
}

/** Where the visitor writes: Enter sends, Shift and Enter begin a new line. The draft outlives the page. */
export function Composer({ visitor, outbox, mayReportTyping, maySendFiles, isFocused }: ComposerProps) {
  const { storage, texts } = useEnvironment()
  const typing = useTypingReporter(visitor, mayReportTyping)
  const [text, setText] = useState(() => storage.draft())
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFocused) area.current?.focus()
  }, [isFocused])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    if (!area.current) return
    area.current.style.height = 'auto'
    area.current.style.height = `${area.current.scrollHeight}px`
  }, [text])
  const write = (next: string) => {
    setText(next)
    storage.saveDraft(next)
  }
  const send = () => {
    if (text.trim() === '') return
    outbox.sendText(text.trim())
    typing.stop()
    write('')
    area.current?.focus()
  }
  const attach = (files: FileList | null | undefined) => {
    for (const file of files ?? []) outbox.sendFile(file)
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {maySendFiles && (
        <>
          <button
            type="button"
            class="icon"
            aria-label={texts.attach}
            title={texts.attach}
            onClick={() => picker.current?.click()}
          >
            <AttachIcon />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              attach(currentTarget.files)
              // The same file can be chosen again.
              currentTarget.value = ''
            }}
          />
        </>
      )}
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        aria-label={texts.message}
        placeholder={texts.messageHint}
        maxLength={MAX_TEXT}
        value={text}
        onInput={({ currentTarget: { value } }) => {
          write(value)
          typing.onInput(value)
        }}
        onKeyDown={(event) => {
          // Enter ends the composition of a character first.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
        onPaste={(event) => {
          if (!maySendFiles || !event.clipboardData?.files.length) return
          event.preventDefault()
          attach(event.clipboardData.files)
        }}
      />
      <button
        type="submit"
        class="icon send"
        aria-label={texts.send}
        title={texts.send}
        disabled={text.trim() === ''}
      >
        <SendIcon />
      </button>
    </form>
  )
}
