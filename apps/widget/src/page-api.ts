/** Receives the number of messages that the visitor has not seen. */
export type UnreadListener = (count: number) => void

/** What a page can do with the widget, as `window.SwitchboardChat`. */
export interface PageApi {
  open(): void
  close(): void
  toggle(): void
  /** Calls the listener now and at each change. Returns the function that ends it. */
  onUnread(listener: UnreadListener): () => void
}

/** The widget's side of the API. */
export interface PanelControl {
  /** Sets what shows and hides the panel; null is the opposite of what it is. */
  onShow(show: (isWanted: boolean | null) => void): void
  reportUnread(count: number): void
}

declare global {
  interface Window {
    SwitchboardChat?: PageApi
  }
}

/** Creates the API, and its other end. */
export function createPageApi(): { readonly api: PageApi; readonly control: PanelControl } {
  const listeners = new Set<UnreadListener>()
  /** What was asked for before the panel could show it. */
  let early: boolean | null | undefined
  let show = (isWanted: boolean | null): void => {
    early = isWanted
  }
  let unread = 0
  const api: PageApi = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(null),
    onUnread: (listener) => {
      listeners.add(listener)
      listener(unread)
      return () => {
        listeners.delete(listener)
      }
    },
  }
  const control: PanelControl = {
    onShow: (next) => {
      show = next
      if (early !== undefined) show(early)
      early = undefined
    },
    reportUnread: (count) => {
      if (count === unread) return
      unread = count
      for (const listener of listeners) listener(count)
    },
  }
  return { api: Object.freeze(api), control }
}
