import { retryNow, sendMutation } from '@switchboard/client'
import { useEffect, useRef, useState } from 'preact/hooks'
import { closeDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import type { ConversationState } from '../state/use-conversation.ts'
import { useWrite } from '../state/use-write.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { Problem } from './problem.tsx'
import { RatingForm } from './rating-form.tsx'
import { TranscriptForm } from './transcript-form.tsx'

/** What the visitor does at the end of the panel. */
export type Task = 'write' | 'end' | 'transcript'

interface ConversationProps {
  readonly conversation: ConversationState
  readonly task: Task
  readonly onTask: (task: Task) => void
  readonly onStartNew: () => void
}

/** The conversation: its messages, and what the visitor can do next. */
export function Conversation({ conversation, task, onTask, onStartNew }: ConversationProps) {
  const { texts } = useEnvironment()
  const { visitor, room, outbox, isConnected, failure, isOver, isGone, may } = conversation
  const [isDropping, setDropping] = useState(false)
  const [wasWriting, setWasWriting] = useState(false)
  const finish = () => {
    setWasWriting(true)
    onTask('write')
  }
  const mayRate = may('RATE_ROOM') && !room?.rating
  const mayDrop = !isOver && may('SEND_FILE')
  return (
    <section
      class={`conversation ${isDropping ? 'dropping' : ''}`}
      aria-label={texts.messages}
      onDragOver={(event) => {
        if (!mayDrop || !event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false)
        if (!mayDrop) return
        event.preventDefault()
        for (const file of event.dataTransfer?.files ?? []) outbox.sendFile(file)
      }}
    >
      <div class="banner" role="status">
        {!isConnected && (
          <>
            <span>{texts.reconnecting}</span>
            <button type="button" onClick={() => retryNow(visitor.session)}>
              {texts.retry}
            </button>
          </>
        )}
      </div>
      <Problem failure={failure?.code === 'AWAY' || isGone ? null : failure} />
      <MessageList
        visitor={visitor}
        chat={conversation}
        outbox={outbox}
        unsent={conversation.unsent}
        typist={conversation.typist}
      />
      {isDropping && <p class="drop">{texts.dropFiles}</p>}
      {task === 'transcript' && <TranscriptForm visitor={visitor} onEnd={finish} />}
      {task === 'end' && !isOver && <EndQuestion conversation={conversation} onEnd={finish} />}
      {task === 'write' && !isOver && may('SEND_MESSAGE') && (
        <Composer
          visitor={visitor}
          outbox={outbox}
          mayReportTyping={may('SET_TYPING')}
          maySendFiles={may('SEND_FILE')}
          isFocused={wasWriting}
        />
      )}
      {isOver && (
        <div class="sheet">
          <p class="note">{isGone ? texts.gone : texts.over}</p>
          {may('RATE_ROOM') && (
            <RatingForm
              visitor={visitor}
              isBinary={room?.provider.kind === 'LIVECHAT'}
              isRated={!!room?.rating}
            />
          )}
          <button type="button" class={mayRate ? 'quiet' : 'primary'} onClick={onStartNew}>
            {texts.startNew}
          </button>
        </div>
      )}
    </section>
  )
}

interface EndQuestionProps {
  readonly conversation: ConversationState
  readonly onEnd: () => void
}

/** Asks before the conversation ends. */
function EndQuestion({ conversation: { visitor }, onEnd }: EndQuestionProps) {
  const { texts } = useEnvironment()
  const { isBusy, failure, follow } = useWrite()
  const cancel = useRef<HTMLButtonElement>(null)
  useEffect(() => cancel.current?.focus(), [])
  const end = async () => {
    const input = { roomId: visitor.roomId }
    const outcome = await follow(sendMutation(visitor.session, closeDocument, { input }))
    // The room's event shows the end.
    if (outcome.status === 'done' || (outcome.status === 'refused' && outcome.error.code === 'ROOM_CLOSED'))
      onEnd()
  }
  return (
    <div class="sheet" role="alertdialog" aria-label={texts.endQuestion}>
      <p class="question">{texts.endQuestion}</p>
      <Problem failure={failure} />
      <span class="actions">
        <button type="button" class="primary" disabled={isBusy} onClick={() => void end()}>
          {texts.end}
        </button>
        <button type="button" class="quiet" ref={cancel} onClick={onEnd}>
          {texts.keep}
        </button>
      </span>
    </div>
  )
}
