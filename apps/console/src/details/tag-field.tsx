import { Combobox, ComboboxItem, ComboboxPopover, useComboboxStore, useStoreState } from '@ariakit/react'
import { type KeyboardEvent, useState } from 'react'
import { useTexts } from '../texts/language-context.tsx'
import { useUsedTags } from './use-used-tags.ts'

interface TagFieldProps {
  readonly provider: string
  /** The tags that the room has already. */
  readonly tags: readonly string[]
  readonly onAdd: (tag: string) => void
}

/** The gateway accepts no longer tag. */
const MAX_LENGTH = 100
const MAX_SUGGESTIONS = 8

/** Adds a tag: one of the suggestions, or what the operator types. */
export function TagField({ provider, tags, onAdd }: TagFieldProps) {
  const { details: t } = useTexts()
  const { used, load } = useUsedTags(provider)
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const suggestions = used
    .filter((tag) => !tags.includes(tag) && tag.toLocaleLowerCase().includes(wanted))
    .slice(0, MAX_SUGGESTIONS)
  const combobox = useComboboxStore({ value: text, setValue: setText })
  const activeId = useStoreState(combobox, 'activeId')
  const isOpen = useStoreState(combobox, 'open')
  const add = (tag: string) => {
    const trimmed = tag.trim()
    combobox.hide()
    setText('')
    if (trimmed !== '') onAdd(trimmed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && (isOpen || text !== '')) {
      // Ends the entry only, not the pane or the dialog around it.
      event.stopPropagation()
      combobox.hide()
      setText('')
      return
    }
    // With a suggestion active, the key chooses it.
    if (event.key !== 'Enter' || activeId || event.nativeEvent.isComposing) return
    event.preventDefault()
    add(text)
  }
  return (
    <div className="tag-form">
      <Combobox
        store={combobox}
        className="tag-field"
        placeholder={t.addTag}
        aria-label={t.addTag}
        maxLength={MAX_LENGTH}
        onFocus={load}
        onKeyDown={onKeyDown}
      />
      {suggestions.length > 0 && (
        <ComboboxPopover store={combobox} className="popover tag-popover" gutter={4} sameWidth fixed>
          {suggestions.map((tag) => (
            <ComboboxItem
              key={tag}
              className="popover-item"
              focusOnHover
              setValueOnClick={false}
              onClick={() => add(tag)}
            >
              <span className="popover-item-name" dir="auto">
                {tag}
              </span>
            </ComboboxItem>
          ))}
        </ComboboxPopover>
      )}
      <button type="button" className="quiet" disabled={wanted === ''} onClick={() => add(text)}>
        {t.add}
      </button>
    </div>
  )
}
