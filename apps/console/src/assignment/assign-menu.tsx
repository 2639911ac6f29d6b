import {
  Combobox,
  ComboboxGroup,
  ComboboxGroupLabel,
  ComboboxItem,
  ComboboxList,
  ComboboxProvider,
  Menu,
  MenuButton,
  MenuProvider,
} from '@ariakit/react'
import { useRef, useState } from 'react'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { useOwnAgent } from '../providers/own-agents.ts'
import { useReports } from '../providers/provider-reports.ts'
import type { Conversation } from '../room/conversation.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { ErrorList } from '../ui/error-list.tsx'
import { Icon } from '../ui/icon.tsx'
import { type Choice, choiceGroups, matchingGroups } from './choices.ts'
import { useAgents } from './use-agents.ts'
import type { Target } from './use-assignment.ts'

interface AssignMenuProps {
  readonly room: Conversation['room']
  readonly isBusy: boolean
  readonly onAssign: (target: Target) => void
}

/** Who serves the room, and a searchable menu of everybody who can. */
export function AssignMenu({ room, isBusy, onAssign }: AssignMenuProps) {
  const texts = useTexts()
  const { assignment: t } = texts
  const formats = useFormats()
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts('conversation', [{ keys: 'a', label: t.menu, run: () => button.current?.click() }])
  const [isOpen, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const own = useOwnAgent(room.provider.name)
  const { agents, errors } = useAgents(room.provider.name, isOpen)
  const { providers } = useReports()
  const departments = providers.find(({ name }) => name === room.provider.name)?.departments ?? []
  const groups = choiceGroups({ room, own, agents: agents ?? [], departments, texts, formats })
  const matches = matchingGroups(groups, search)
  const serving = room.agents.map(({ name }) => name ?? texts.general.agent).join(', ')
  return (
    <ComboboxProvider resetValueOnHide setValue={setSearch}>
      <MenuProvider open={isOpen} setOpen={setOpen}>
        <MenuButton ref={button} className="quiet assign-button" disabled={isBusy} accessibleWhenDisabled>
          <span className="assign-label">{t.assigned}</span>
          <span className="assign-name">{serving || t.nobody}</span>
          <Icon name="chevron" />
        </MenuButton>
        <Menu className="popover assign-menu" gutter={6} unmountOnHide portal aria-label={t.menu}>
          <Combobox autoSelect className="popover-search" placeholder={t.search} aria-label={t.search} />
          <ErrorList errors={errors} />
          <ComboboxList className="popover-list">
            {matches.map(({ name, choices }) => (
              <ComboboxGroup key={name}>
                <ComboboxGroupLabel className="popover-heading">{name}</ComboboxGroupLabel>
                {choices.map((choice) => (
                  <ChoiceItem key={choice.key} choice={choice} onChoose={() => onAssign(choice.target)} />
                ))}
              </ComboboxGroup>
            ))}
          </ComboboxList>
          {agents === null && errors.length === 0 && <p className="popover-note">{t.loadingAgents}</p>}
          {matches.length === 0 && <p className="popover-note">{t.noMatch}</p>}
        </Menu>
      </MenuProvider>
    </ComboboxProvider>
  )
}

interface ChoiceItemProps {
  readonly choice: Choice
  readonly onChoose: () => void
}

/** One entry. An entry that cannot be chosen keeps the focus, and says why. */
function ChoiceItem({ choice, onChoose }: ChoiceItemProps) {
  const { assignment: t } = useTexts()
  const { name, facts, isAvailable, isCurrent, reason } = choice
  const explanation = isCurrent ? t.current : reason
  return (
    <ComboboxItem
      className="popover-item"
      disabled={explanation !== null}
      accessibleWhenDisabled
      focusOnHover
      setValueOnClick={false}
      hideOnClick
      onClick={onChoose}
    >
      <span className={`presence ${presenceClass(isAvailable)}`} aria-hidden="true" />
      <span className="popover-item-name">{name}</span>
      {isCurrent && <Icon name="check" />}
      {(facts.length > 0 || explanation !== null) && (
        <span className="popover-item-facts">
          {[...facts, ...(explanation === null ? [] : [explanation])].join(' · ')}
        </span>
      )}
    </ComboboxItem>
  )
}

function presenceClass(isAvailable: boolean | null): string {
  if (isAvailable === null) return 'unknown'
  return isAvailable ? 'available' : 'away'
}
