import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { isSingle, type RegisteredShortcut, type ShortcutGroup } from './shortcut-registry.ts'
import { useShortcutRegistry } from './shortcuts.tsx'

const groups: readonly ShortcutGroup[] = ['general', 'list', 'conversation']

/** The overview of all shortcuts that work now, as a modal dialog. The browser gives the focus back when it closes. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const { frame } = useTexts()
  const registry = useShortcutRegistry()
  const shortcuts = useSyncExternalStore(registry.subscribe, registry.current)
  const hasSingleKeys = useSyncExternalStore(registry.subscribe, registry.hasSingleKeys)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="shortcuts" aria-labelledby="shortcuts-title" onClose={onClose}>
      <div className="shortcuts-header">
        <h2 id="shortcuts-title">{frame.shortcuts}</h2>
        <button
          type="button"
          className="quiet icon-only"
          aria-label={frame.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <ShortcutTable
            key={group}
            title={frame.shortcutGroups[group]}
            shortcuts={shortcuts.filter((shortcut) => shortcut.group === group)}
            hasSingleKeys={hasSingleKeys}
          />
        ))}
      </div>
      <label className="setting">
        <input
          type="checkbox"
          checked={hasSingleKeys}
          onChange={({ target }) => registry.setSingleKeys(target.checked)}
        />
        {frame.singleKeys}
      </label>
    </dialog>
  )
}

interface ShortcutTableProps {
  readonly title: string
  readonly shortcuts: readonly RegisteredShortcut[]
  readonly hasSingleKeys: boolean
}

/** The shortcuts of a group: those with the same label are alternatives. */
function ShortcutTable({ title, shortcuts, hasSingleKeys }: ShortcutTableProps) {
  const { frame } = useTexts()
  const usable = shortcuts.filter(({ keys }) => hasSingleKeys || !isSingle(keys))
  const labels = new Set(usable.map(({ label }) => label))
  if (usable.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {[...labels].map((label) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {usable
                .filter((shortcut) => shortcut.label === label)
                .map(({ keys }) => (
                  <kbd key={keys}>{nameKeys(keys, frame.keyNames)}</kbd>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function nameKeys(keys: string, names: Readonly<Record<string, string>>): string {
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join(' + ')
}
