import type { Conversation } from '../room/conversation.ts'
import { permissionFor } from '../room/permissions.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Section } from './section.tsx'
import { TagField } from './tag-field.tsx'
import { TagList } from './tag-list.tsx'
import { useTags } from './use-tags.ts'

interface TagEditorProps {
  readonly room: Conversation['room']
  readonly onChanged: () => Promise<unknown>
}

/** Shows, adds and removes the tags of a room. */
export function TagEditor({ room, onChanged }: TagEditorProps) {
  const { details: t } = useTexts()
  const { number } = useFormats()
  const { tags, isSaving, failure, change, retry, dismiss } = useTags(room, onChanged)
  const { allowed, reason } = permissionFor(room, 'SET_TAGS')
  const remove = (tag: string) => change((current) => current.filter((other) => other !== tag))
  const add = (tag: string) => change((current) => (current.includes(tag) ? current : [...current, tag]))
  return (
    <Section id="tags" title={t.tags} {...(tags.length > 0 && { count: number(tags.length) })}>
      <TagList tags={tags} isSaving={isSaving} onRemove={allowed ? remove : null} />
      {allowed ? (
        <TagField provider={room.provider.name} tags={tags} onAdd={add} />
      ) : (
        <p className="hint">{reason ?? t.noTagging}</p>
      )}
      <FailureNote failure={failure} onRetry={retry} onDismiss={dismiss} />
    </Section>
  )
}
