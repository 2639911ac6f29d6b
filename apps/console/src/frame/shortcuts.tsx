import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo } from 'react'
import { type Shortcut, type ShortcutGroup, ShortcutRegistry } from './shortcut-registry.ts'

const RegistryContext = createContext(new ShortcutRegistry())

/** Provides the shortcuts of all components that are mounted inside. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const registry = useMemo(() => new ShortcutRegistry(), [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => registry.handle(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [registry])
  return <RegistryContext value={registry}>{children}</RegistryContext>
}

export function useShortcutRegistry(): ShortcutRegistry {
  return useContext(RegistryContext)
}

/** Offers shortcuts while the component is mounted. Of two with the same keys the later component's works. */
export function useShortcuts(group: ShortcutGroup, shortcuts: readonly Shortcut[]): void {
  const registry = useShortcutRegistry()
  const run = useEffectEvent((keys: string) => shortcuts.find((shortcut) => shortcut.keys === keys)?.run())
  const described = JSON.stringify(shortcuts.map(({ keys, label }) => [keys, label]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: shortcuts are compared by value, and run by their newest function.
  useEffect(
    () => registry.add(shortcuts.map(({ keys, label }) => ({ group, keys, label, run: () => run(keys) }))),
    [registry, group, described],
  )
}
