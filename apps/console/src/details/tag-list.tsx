import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'

interface TagListProps {
  readonly tags: readonly string[]
  readonly isSaving?: boolean
  /** Null where tags cannot be removed. */
  readonly onRemove: ((tag: string) => void) | null
}

/** Tags, each with a button that removes it. */
export function TagList({ tags, isSaving = false, onRemove }: TagListProps) {
  const { details: t } = useTexts()
  if (tags.length === 0) return null
  return (
    <ul className={isSaving ? 'tags saving' : 'tags'} aria-label={t.tags} aria-busy={isSaving}>
      {tags.map((tag) => (
        <li key={tag} className="tag">
          <span dir="auto">{tag}</span>
          {onRemove && (
            <button
              type="button"
              className="tag-remove"
              aria-label={t.removeTag(tag)}
              onClick={() => onRemove(tag)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
