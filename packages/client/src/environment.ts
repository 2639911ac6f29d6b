/** The part of the browsers' WebSocket that this package uses; the class of the package `ws` has it too. */
export interface SocketLike {
  onopen: unknown
  onmessage: unknown
  onclose: unknown
  onerror: unknown
  send(text: string): void
  close(code?: number): void
}

/** A class of WebSockets. */
export type SocketConstructor = new (url: string, protocol: string) => SocketLike

/** The part of XMLHttpRequest that this package uses. */
interface RequestLike {
  readonly upload: { onprogress: unknown }
  readonly status: number
  readonly responseText: string
  onloadend: unknown
  open(method: string, url: string): void
  setRequestHeader(name: string, value: string): void
  getResponseHeader(name: string): string | null
  send(body: Blob): void
  abort(): void
}

interface Environment {
  readonly fetch: typeof fetch
  readonly WebSocket?: SocketConstructor
  readonly XMLHttpRequest?: new () => RequestLike
  /** The address of the page; absent in Node. */
  readonly location?: { readonly href: string }
  readonly addEventListener?: (
    type: 'online' | 'visibilitychange',
    listener: () => void,
    options: { readonly signal: AbortSignal },
  ) => void
}

/** The globals that are not everywhere: Node has no XMLHttpRequest, and before version 22 no WebSocket. */
export const environment: Environment = globalThis
