import { type RefObject, useEffect, useRef, useState } from 'react'

export interface ListUse {
  /** The element that is watched. */
  readonly element: RefObject<HTMLDivElement | null>
  /** Whether the operator points at it, or works in it by keyboard. */
  readonly isInUse: boolean
}

/**
 * Watches whether a list is in use. A pointer that rests there while the operator types elsewhere does not count until it moves: after
 * a row is pressed, it usually stays where it is.
 */
export function useListUse(): ListUse {
  const element = useRef<HTMLDivElement>(null)
  const [isPointedAt, setPointedAt] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  useEffect(() => {
    const list = element.current
    if (!list) return
    const contains = (target: EventTarget | null) => target instanceof Node && list.contains(target)
    const onPointer = () => setPointedAt(true)
    const onLeave = () => setPointedAt(false)
    // The focus of a press is not visible: the pointer decides then.
    const onFocus = () => setFocus(list.querySelector(':focus-visible') !== null)
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      if (!contains(relatedTarget)) setFocus(false)
    }
    const onKey = ({ target }: KeyboardEvent) => {
      if (!contains(target)) setPointedAt(false)
    }
    list.addEventListener('pointermove', onPointer)
    list.addEventListener('pointerleave', onLeave)
    document.addEventListener('focusin', onFocus)
    list.addEventListener('focusout', onBlur)
    document.addEventListener('keydown', onKey)
    return () => {
      list.removeEventListener('pointermove', onPointer)
      list.removeEventListener('pointerleave', onLeave)
      document.removeEventListener('focusin', onFocus)
      list.removeEventListener('focusout', onBlur)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  return { element, isInUse: isPointedAt || hasFocus }
}
