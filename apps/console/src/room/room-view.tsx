import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { BackLink } from '../inbox/back-link.tsx'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { describeError } from '../ui/displayed-errors.ts'
import { ErrorList } from '../ui/error-list.tsx'
import { Composer, type ComposerMode } from './composer.tsx'
import type { Conversation } from './conversation.ts'
import { DraftLeft } from './draft-left.tsx'
import { DropZone } from './drop-zone.tsx'
import { canEdit, type MessageWork } from './message-item.tsx'
import { MessageList } from './message-list.tsx'
import { permissionFor } from './permissions.ts'
import { RoomHeader } from './room-header.tsx'
import { useMessageEdit, useUploadQueue } from './room-work.ts'
import { TakeOver } from './take-over.tsx'
import type { LiveConversation } from './use-conversation.ts'
import { OperatorContext } from './use-draft.ts'
import type { RoomSignals } from './use-room-signals.ts'

interface RoomViewProps {
  readonly live: LiveConversation
  readonly signals: RoomSignals
}

/** One conversation, updated live. */
export function RoomView({ live, signals }: RoomViewProps) {
  const texts = useTexts()
  const { conversation, isLoading, errors } = live
  if (!conversation) {
    return (
      <section className="open-room" aria-label={texts.room.conversation}>
        <header className="room-header">
          <BackLink />
          <div className="room-title">
            <h1>{texts.room.conversation}</h1>
          </div>
        </header>
        <ErrorList errors={errors} />
        {errors.length === 0 && (
          <p className="nothing">{isLoading ? texts.general.loading : texts.room.missing}</p>
        )}
      </section>
    )
  }
  return (
    <OperatorContext value={conversation.operator}>
      <OpenConversation live={live} signals={signals} conversation={conversation} />
    </OperatorContext>
  )
}

interface OpenConversationProps extends RoomViewProps {
  readonly conversation: Conversation
}

function OpenConversation({ live, signals, conversation }: OpenConversationProps) {
  const texts = useTexts()
  const { errors, still, take, readEarlier, refresh } = live
  const { room, messages, hasEarlier } = conversation
  const uploads = useUploadQueue(room.id)
  const field = useRef<HTMLTextAreaElement>(null)
  const [mode, setMode] = useState<ComposerMode>('reply')

  const reply = permissionFor(room, 'SEND_MESSAGE')
  const mayNote = permissionFor(room, 'SEND_NOTE').allowed
  const maySendFile = reply.allowed && permissionFor(room, 'SEND_FILE').allowed
  const work = useMessageWork(room, take, field)
  const editLast = () => {
    const last = messages.findLast((message) => canEdit(message, work))
    if (last) work.edit.begin(last.id, last.text)
  }
  const currentMode = mayNote ? mode : 'reply'
  const section = useRef<HTMLElement>(null)
  // A field of the other mode takes the focus when it is shown.
  const write = (wanted: ComposerMode) => {
    setMode(wanted)
    field.current?.focus()
  }
  useShortcuts('conversation', [
    { keys: 'r', label: texts.conversation.replyShortcut, run: () => write('reply') },
    ...(mayNote ? [{ keys: 'n', label: texts.conversation.noteShortcut, run: () => write('note') }] : []),
  ])
  return (
    <section className="open-room" aria-label={texts.room.conversation} ref={section}>
      <RoomHeader room={room} signals={signals} onChanged={refresh} />
      <ErrorList errors={errors} />
      {still !== null && <p className="note">{texts.room.still(describeError(still, texts.errors))}</p>}
      <MissedUpdates key={conversation.readAgainAt} at={conversation.readAgainAt} />
      <DropZone onFiles={maySendFile && currentMode === 'reply' ? uploads.add : null}>
        <MessageList
          messages={messages}
          work={work}
          seenUpTo={signals.seenUpTo}
          onEarlier={hasEarlier ? readEarlier : null}
        />
        <p className="typing" aria-live="polite">
          {signals.typist && texts.room.typing(signals.typist.name ?? texts.room.typist)}
        </p>
        <Composer
          roomId={room.id}
          mode={currentMode}
          onMode={mayNote ? setMode : null}
          replyBlock={
            reply.allowed ? null : <ReplyBlock room={room} reason={reply.reason} refresh={refresh} />
          }
          mayReportTyping={permissionFor(room, 'SET_TYPING').allowed}
          uploads={maySendFile ? uploads : null}
          field={field}
          onSent={take}
          onEditLast={editLast}
          onLeave={() => section.current?.querySelector<HTMLElement>('[role="log"]')?.focus()}
        />
      </DropZone>
    </section>
  )
}

/** What the operator may do with its own messages. It stays the same object while nothing of it changes, as rows compare it. */
function useMessageWork(
  room: Conversation['room'],
  take: LiveConversation['take'],
  field: RefObject<HTMLTextAreaElement | null>,
): MessageWork {
  const edit = useMessageEdit(room.id)
  const isClosed = room.status === 'CLOSED'
  const mayEdit = !isClosed && permissionFor(room, 'UPDATE_MESSAGE').allowed
  const mayDelete = !isClosed && permissionFor(room, 'DELETE_MESSAGE').allowed
  return useMemo(
    () => ({
      mayEdit,
      mayDelete,
      edit,
      onEdited: (changed) => {
        edit.end()
        if (changed) take(changed)
        field.current?.focus()
      },
      onDeleted: () => field.current?.focus(),
    }),
    [mayEdit, mayDelete, edit, take, field],
  )
}

interface ReplyBlockProps {
  readonly room: Conversation['room']
  readonly reason: string | null
  readonly refresh: () => Promise<void>
}

/** Why the operator cannot reply, and what it can do about it. */
function ReplyBlock({ room, reason, refresh }: ReplyBlockProps) {
  const texts = useTexts()
  // Where a conversation can be assigned, it is open; then only its agent is in the way of a reply.
  const isServedByAnother = room.agents.length > 0 && permissionFor(room, 'ASSIGN_ROOM').allowed
  const block = useRef<HTMLDivElement>(null)
  // It takes the place of the field in which the operator wrote, before the guard of the page finds another one.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) block.current?.focus()
  }, [])
  return (
    <div ref={block} tabIndex={-1} className="reply-block">
      {isServedByAnother && reason !== null ? (
        <TakeOver key={room.id} room={room} reason={reason} onTakenOver={refresh} />
      ) : (
        <p>{reason ?? texts.room.noReply}</p>
      )}
      <DraftLeft roomId={room.id} />
    </div>
  )
}

/** Says that updates were missed, and that the conversation was read again. */
function MissedUpdates({ at }: { readonly at: number | null }) {
  const texts = useTexts()
  const formats = useFormats()
  const [isDismissed, setDismissed] = useState(false)
  if (at === null || isDismissed) return null
  return (
    <p className="missed" role="status">
      {texts.conversation.missedUntil(formats.timeOfDay(new Date(at).toISOString()))}
      <button type="button" className="quiet" onClick={() => setDismissed(true)}>
        {texts.conversation.dismiss}
      </button>
    </p>
  )
}
