import { useEffect, useRef, useState } from 'preact/hooks'
import type { WidgetMessageFragment } from '../generated/graphql.ts'
import { CloseMutation, SendMutation } from './documents.ts'
import type { Gateway } from './gateway.ts'
import type { StoredSession } from './stored-session.ts'
import { useChat } from './use-chat.ts'
import { useTyping, useTypingReporter } from './use-typing.ts'

interface ChatProps {
  readonly gateway: Gateway
  readonly session: StoredSession
  /** The visitor closed it. */
  readonly onClosed: () => void
}

/** The conversation. */
export function Chat({ gateway, session, onClosed }: ChatProps) {
  const { room, messages, isConnected, isGone, take } = useChat(gateway, session)
  const newest = messages.findLast(({ author }) => author?.role !== 'VISITOR')
  const typing = useTyping(gateway, session, newest?.id)
  const may = (wanted: string) =>
    room?.capabilities.some(({ capability, allowed }) => capability === wanted && allowed)
  const isOver = isGone || room?.status === 'CLOSED'
  const leave = async () => {
    if (may('CLOSE_ROOM'))
      await gateway.ask(CloseMutation, { input: { roomId: session.roomId } }, session.token)
    onClosed()
  }
  return (
    <>
      <p class="state" role="status">
        {isConnected ? '' : 'Reconnecting…'}
      </p>
      <Messages messages={messages} />
      <p class="typing" aria-live="polite">
        {isOver ? '' : typing}
      </p>
      {isOver && <p class="note">This conversation is over.</p>}
      {!isOver && may('SEND_MESSAGE') && (
        <Reply
          gateway={gateway}
          session={session}
          mayReportTyping={may('SET_TYPING') ?? false}
          onSent={take}
        />
      )}
      <button type="button" class="quiet" onClick={() => (isOver ? onClosed() : void leave())}>
        {isOver ? 'Start a new one' : 'End the chat'}
      </button>
    </>
  )
}

function Messages({ messages }: { readonly messages: readonly WidgetMessageFragment[] }) {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the messages moves the end.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [messages])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <div class="messages" ref={list} role="log" aria-label="Messages" tabIndex={0}>
      {messages.filter(isShown).map(({ id, kind, text, state, author }) => (
        <p
          key={id}
          class={kind === 'SYSTEM' ? 'system' : author?.role === 'VISITOR' ? 'mine' : 'theirs'}
          dir="auto"
        >
          {kind !== 'SYSTEM' && author?.role !== 'VISITOR' && author?.name && (
            <span class="by">{author.name}</span>
          )}
          {state === 'DELETED' ? <em>Message deleted</em> : text}
        </p>
      ))}
    </div>
  )
}

/** Some of the provider's own messages have no text: their kind says everything. */
function isShown({ kind, text }: WidgetMessageFragment): boolean {
  return kind !== 'SYSTEM' || text !== ''
}

interface ReplyProps {
  readonly gateway: Gateway
  readonly session: StoredSession
  readonly mayReportTyping: boolean
  readonly onSent: (message: WidgetMessageFragment) => void
}

function Reply({ gateway, session, mayReportTyping, onSent }: ReplyProps) {
  const typing = useTypingReporter(gateway, session, mayReportTyping)
  const [text, setText] = useState('')
  // One idempotency key for each text: a message that is sent again after a failure is delivered once.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const write = (next: string) => {
    setText(next)
    setKey(crypto.randomUUID())
    typing.onInput(next)
  }
  const submit = async () => {
    setBusy(true)
    const input = { roomId: session.roomId, text, idempotencyKey: key }
    const answer = await gateway.ask(SendMutation, { input }, session.token)
    setBusy(false)
    const result = answer.data?.sendMessage
    if (!result || !('message' in result)) return setError(result?.detail ?? answer.error)
    onSent(result.message)
    setError(null)
    write('')
  }
  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <input
        aria-label="Your message"
        value={text}
        required
        autocomplete="off"
        onInput={(event) => write(event.currentTarget.value)}
      />
      <button type="submit" disabled={isBusy || text.trim() === ''}>
        Send
      </button>
      <p class="error" role="alert">
        {error}
      </p>
    </form>
  )
}
