import { memo } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { TimeOfDay } from '../ui/timestamp.tsx'
import { AttachmentView } from './attachment.tsx'
import { Avatar } from './avatar.tsx'
import { MessageActions } from './message-actions.tsx'
import { MessageEditor } from './message-editor.tsx'
import type { MessageEdit } from './room-work.ts'
import { safeAddress } from './text/links.ts'
import { MessageText } from './text/message-text.tsx'
import { visibleText } from './text/visible-text.ts'

/** What the operator may do with its own messages, and is doing. */
export interface MessageWork {
  readonly mayEdit: boolean
  readonly mayDelete: boolean
  readonly edit: MessageEdit
  /** The edit has ended; with a message if it was changed. */
  readonly onEdited: (changed: ConsoleMessageFragment | null) => void
  readonly onDeleted: () => void
}

interface MessageItemProps {
  readonly message: ConsoleMessageFragment
  /** Whether it continues a group, whose author and time are shown already. */
  readonly isContinued: boolean
  readonly work: MessageWork
}

/** Whether the operator may edit a message: one of its own, with a text. */
export function canEdit({ isMine, state, kind }: ConsoleMessageFragment, { mayEdit }: MessageWork): boolean {
  return mayEdit && isMine && state !== 'DELETED' && kind === 'TEXT'
}

/** One message: its author, time, content and state. Events of other messages do not render it. */
export const MessageItem = memo(function MessageItem({ message, isContinued, work }: MessageItemProps) {
  const { room, general, conversation } = useTexts()
  const formats = useFormats()
  const { id, isMine, state, visibility, author, createdAt } = message
  const isOurs = author ? author.role !== 'VISITOR' : false
  const isNote = visibility === 'AGENTS'
  const isDeleted = state === 'DELETED'
  const name = author?.name ? visibleText(author.name) : isOurs ? general.agent : room.visitor
  const mayEdit = canEdit(message, work)
  const mayDelete = work.mayDelete && isMine && !isDeleted
  const isEditing = mayEdit && work.edit.messageId === id
  const classes = ['message-row', isOurs ? 'ours' : 'theirs', isContinued && 'continued'].filter(Boolean)
  return (
    <div className={classes.join(' ')}>
      {!isContinued && <Avatar name={name} id={author?.nativeId ?? ''} />}
      <article
        className={isNote ? 'message note' : 'message'}
        title={isContinued ? formats.full(createdAt) : undefined}
      >
        <p className="by">
          <bdi className="author">{name}</bdi> <TimeOfDay at={createdAt} />
          {isNote && (
            <span className="mark">
              <Icon name="lock" /> {conversation.note}
            </span>
          )}
        </p>
        {isEditing ? (
          <MessageEditor message={message} edit={work.edit} onDone={work.onEdited} />
        ) : isDeleted ? (
          <p className="text faint">
            <em>{general.messageDeleted}</em>
          </p>
        ) : (
          <MessageContent message={message} />
        )}
        {state === 'EDITED' && !isEditing && <EditedMark at={message.editedAt ?? null} />}
        {(mayEdit || mayDelete) && !isEditing && (
          <MessageActions
            messageId={id}
            mayDelete={mayDelete}
            onEdit={mayEdit ? () => work.edit.begin(id, message.text) : null}
            onDeleted={work.onDeleted}
          />
        )}
      </article>
    </div>
  )
})

function EditedMark({ at }: { readonly at: string | null }) {
  const { room, conversation } = useTexts()
  const formats = useFormats()
  return (
    <span className="edited" title={at === null ? undefined : conversation.editedAt(formats.full(at))}>
      {room.edited}
    </span>
  )
}

type MessageContentProps = Pick<MessageItemProps, 'message'>

/** The content by the kind of message; the text of a form or of buttons repeats what they show. */
function MessageContent({ message: { text, markup, form, buttons, attachments } }: MessageContentProps) {
  const { conversation } = useTexts()
  return (
    <>
      {form ? (
        <dl className="form-answers">
          {form.map(({ label, answer }) => (
            <div key={label}>
              <dt dir="auto">{visibleText(label)}</dt>
              <dd dir="auto">{!answer ? <em>{conversation.noAnswer}</em> : visibleText(answer)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        text !== '' && <MessageText text={text} markup={markup ?? null} />
      )}
      {buttons.length > 0 && (
        <p className="message-buttons">
          {buttons.map((button) => (
            <ButtonOfMessage key={button.text} text={visibleText(button.text)} url={button.url ?? null} />
          ))}
        </p>
      )}
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} />
      ))}
    </>
  )
}

/** A button that the visitor can press. The operator sees what it says and where it leads. */
function ButtonOfMessage({ text, url }: { readonly text: string; readonly url: string | null }) {
  const href = url === null ? null : safeAddress(url)
  if (href === null) return <span className="tag">{text}</span>
  return (
    <a className="tag" href={href} title={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}
