/** The part of the console that a shortcut belongs to, in the order of the overview. */
export type ShortcutGroup = 'general' | 'list' | 'conversation'

/** A key combination and what it does. */
export interface Shortcut {
  /**
   * A single character, such as `r` or `?`, or modifiers and a key of `KeyboardEvent.key`, such as `Alt+ArrowDown` or
   * `Mod+Enter`: Mod is Control, on a Mac Command. Single characters do nothing while the operator types in a field.
   */
  readonly keys: string
  /** What it does, in the operator's language. */
  readonly label: string
  readonly run: () => void
}

export interface RegisteredShortcut extends Shortcut {
  readonly group: ShortcutGroup
}

const STORED_AS = 'switchboard-single-keys'
/** The platform's own dialogs, and those of Ariakit, which its menus with a search are too. */
const OPEN_DIALOG = 'dialog[open], [role=dialog][data-open]'

/** The shortcuts of the mounted components. A store for `useSyncExternalStore`. */
export class ShortcutRegistry {
  readonly #listeners = new Set<() => void>()
  #shortcuts: readonly RegisteredShortcut[] = []
  #hasSingleKeys = localStorage.getItem(STORED_AS) !== 'off'

  readonly current = (): readonly RegisteredShortcut[] => this.#shortcuts

  /** Whether single characters are shortcuts: somebody who dictates, or hits keys by accident, can switch them off. */
  readonly hasSingleKeys = (): boolean => this.#hasSingleKeys

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setSingleKeys(areOn: boolean): void {
    this.#hasSingleKeys = areOn
    localStorage.setItem(STORED_AS, areOn ? 'on' : 'off')
    this.#notify()
  }

  /** Adds shortcuts. Returns the function that removes them. */
  add(added: readonly RegisteredShortcut[]): () => void {
    this.#shortcuts = [...this.#shortcuts, ...added]
    this.#notify()
    return () => {
      this.#shortcuts = this.#shortcuts.filter((shortcut) => !added.includes(shortcut))
      this.#notify()
    }
  }

  /** Runs the shortcut of a key press, if there is one. An open dialog has all keys for itself. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || document.querySelector(OPEN_DIALOG)) return
    const keys = keysOf(event)
    if (isSingle(keys) && (!this.#hasSingleKeys || isTyping(event.target))) return
    const shortcut = this.#shortcuts.findLast((candidate) => candidate.keys === keys)
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The keys of an event as shortcuts are written. The shift of a character is a part of the character. */
function keysOf({ ctrlKey, metaKey, altKey, shiftKey, key, code }: KeyboardEvent): string {
  const hasModifier = ctrlKey || metaKey || altKey
  const isCharacter = key.length === 1
  // With Alt, keyboards type other characters: the key itself counts.
  const name = altKey && code.startsWith('Key') ? code.slice(3).toLowerCase() : key
  return [
    ...(ctrlKey || metaKey ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && (hasModifier || !isCharacter) ? ['Shift'] : []),
    name,
  ].join('+')
}

export function isSingle(keys: string): boolean {
  return keys.length === 1
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
