import { Dialog, DialogDismiss, DialogHeading } from '@ariakit/react'
import { type FormEvent, useState } from 'react'
import { TagField } from '../details/tag-field.tsx'
import { TagList } from '../details/tag-list.tsx'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { useTexts } from '../texts/language-context.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useAction } from '../ui/use-action.ts'
import type { Conversation } from './conversation.ts'
import { permissionFor } from './permissions.ts'
import { useClosing } from './use-closing.ts'
import { useDraft } from './use-draft.ts'

interface CloseFormProps {
  readonly room: Conversation['room']
  readonly onClosed: () => Promise<void>
}

/** Closes a conversation, with what the provider offers: a comment, tags, a transcript for the visitor. */
export function CloseForm({ room, onClosed }: CloseFormProps) {
  const { closing: t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const isAllowed = permissionFor(room, 'CLOSE_ROOM').allowed
  useShortcuts('conversation', isAllowed ? [{ keys: 'c', label: t.confirm, run: () => setOpen(true) }] : [])
  if (!isAllowed && !isOpen) return null
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {t.close}
      </button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        className="dialog"
        backdrop={<div className="backdrop" />}
        unmountOnHide
      >
        <DialogHeading className="dialog-heading">{t.title}</DialogHeading>
        <CloseFields room={room} onClosed={onClosed} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function CloseFields({ room, onClosed, onDone }: CloseFormProps & { readonly onDone: () => void }) {
  const { closing: t } = useTexts()
  const [{ text: comment }, setComment] = useDraft(room.id, 'close')
  const [tags, setTags] = useState<readonly string[]>([])
  const email = room.visitor?.email ?? null
  const canMail = permissionFor(room, 'REQUEST_TRANSCRIPT').allowed && email !== null
  const [isMailed, setMailed] = useState(false)
  const { isBusy, failure, run, retry, dismiss } = useAction(onClosed)
  const close = useClosing(room.id, () => {
    setComment('')
    onDone()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run(() => close({ comment, tags, transcriptTo: isMailed ? email : null }))
  }
  return (
    <form className="dialog-form" onSubmit={submit}>
      {room.provider.kind === 'ROCKET_CHAT' && (
        <label className="field">
          <span>{t.comment}</span>
          <span className="hint">{t.visitorSeesIt}</span>
          <textarea rows={2} dir="auto" value={comment} onChange={({ target }) => setComment(target.value)} />
        </label>
      )}
      {permissionFor(room, 'SET_TAGS').allowed && (
        <div className="field">
          <span>{t.tags}</span>
          <TagList
            tags={tags}
            onRemove={(tag) => setTags((current) => current.filter((other) => other !== tag))}
          />
          <TagField
            provider={room.provider.name}
            tags={[...room.tags, ...tags]}
            onAdd={(tag) => setTags((current) => [...current, tag])}
          />
        </div>
      )}
      {canMail && (
        <label className="check">
          <input type="checkbox" checked={isMailed} onChange={({ target }) => setMailed(target.checked)} />
          <span>{t.mailTranscript(email)}</span>
        </label>
      )}
      <FailureNote failure={failure} onRetry={retry} onDismiss={dismiss} />
      <div className="dialog-actions">
        <DialogDismiss className="quiet">{t.keepOpen}</DialogDismiss>
        <button type="submit" disabled={isBusy}>
          {t.confirm}
        </button>
      </div>
    </form>
  )
}
