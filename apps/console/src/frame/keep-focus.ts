import { useEffect } from 'react'

/**
 * Keeps the keyboard's place: if the focused element is removed, or becomes disabled, the browser puts the focus on the body,
 * where the next key does nothing. The nearest surrounding part of the page that can take it gets it instead.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let focused: readonly Element[] = []
    const onFocus = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? [target, ...ancestorsOf(target)] : []
    }
    const restore = () => {
      if (document.activeElement !== document.body || focused.length === 0) return
      const place = focused.find(
        (element) => element.isConnected && element.matches('main, section, aside, [tabindex]'),
      )
      const target = place ?? document.querySelector('main')
      if (!(target instanceof HTMLElement)) return
      if (!target.hasAttribute('tabindex')) target.tabIndex = -1
      target.focus({ preventScroll: true })
    }
    // A press on an empty part of the page takes the focus away on purpose.
    const forget = () => {
      if (document.activeElement === document.body) focused = []
    }
    const observer = new MutationObserver(restore)
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('pointerup', forget)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('pointerup', forget)
    }
  }, [])
}

function ancestorsOf(element: Element): readonly Element[] {
  const parent = element.parentElement
  return parent ? [parent, ...ancestorsOf(parent)] : []
}
