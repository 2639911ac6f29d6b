import type { KeyboardEvent } from 'react'

/** Whether a key sends the text of a field: Enter alone, which also ends a word of an input method. */
export function isSendKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing
}
