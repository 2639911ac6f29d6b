import { BrowserStorage } from './browser-storage.ts'

/** A conversation of this visitor. The tokens are secret: they stay in the browser's storage of this site. */
export interface StoredConversation {
  readonly roomId: string
  readonly token: string
  /** Renews the token; null if the token does not expire. */
  readonly renewalToken: string | null
  readonly provider: string
  /** Milliseconds since 1970. It tells conversations of one room apart. */
  readonly startedAt: number
}

/** A conversation that was requested, and whose response has not arrived. */
export interface PendingStart {
  readonly key: string
  /** The request's input, as JSON. */
  readonly input: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A message that the gateway has not accepted yet. */
export interface UnsentText {
  readonly key: string
  readonly text: string
}

/** What the widget remembers: the conversation for all tabs of the site, texts for one tab. */
export interface VisitorStorage {
  conversation(): StoredConversation | null
  saveConversation(conversation: StoredConversation | null): void
  pendingStart(): PendingStart | null
  savePendingStart(start: PendingStart | null): void
  /** `createdAt` of the newest message that the visitor has seen in the room; empty if there is none. */
  readUpTo(roomId: string): string
  saveReadUpTo(roomId: string, createdAt: string): void
  draft(): string
  saveDraft(text: string): void
  unsent(roomId: string): readonly UnsentText[]
  saveUnsent(roomId: string, texts: readonly UnsentText[]): void
  /** Whether the panel was open on the last page in this tab. */
  isPanelOpen(): boolean
  savePanelOpen(isOpen: boolean): void
  /** Calls `onChange` when another tab has changed the conversation, or has read it. */
  observe(onChange: () => void): void
}

/** Tokens must not reach another gateway, so each gateway has values of its own. */
export function createVisitorStorage(gatewayUrl: string): VisitorStorage {
  const prefix = `switchboard-chat ${gatewayUrl} `
  const site = new BrowserStorage(prefix, () => localStorage)
  const tab = new BrowserStorage(prefix, () => sessionStorage)
  return {
    conversation() {
      const { roomId, token, renewalToken, provider, startedAt } = Object(site.read('conversation'))
      if (!isText(roomId) || !isText(token) || !isText(provider) || typeof startedAt !== 'number') return null
      return { roomId, token, provider, startedAt, renewalToken: isText(renewalToken) ? renewalToken : null }
    },
    saveConversation: (conversation) => site.write('conversation', conversation),
    pendingStart() {
      const { key, input, at } = Object(site.read('start'))
      return isText(key) && isText(input) && typeof at === 'number' ? { key, input, at } : null
    },
    savePendingStart: (start) => site.write('start', start),
    readUpTo(roomId) {
      const read = Object(site.read('read'))
      return read.roomId === roomId && isText(read.upTo) ? read.upTo : ''
    },
    saveReadUpTo: (roomId, upTo) => site.write('read', { roomId, upTo }),
    draft() {
      const draft = tab.read('draft')
      return isText(draft) ? draft : ''
    },
    saveDraft: (text) => tab.write('draft', text || null),
    unsent(roomId) {
      const unsent = Object(tab.read('unsent'))
      if (unsent.roomId !== roomId || !Array.isArray(unsent.texts)) return []
      return unsent.texts.flatMap((entry: unknown) => {
        const { key, text } = Object(entry)
        return isText(key) && isText(text) ? [{ key, text }] : []
      })
    },
    saveUnsent: (roomId, texts) => tab.write('unsent', texts.length === 0 ? null : { roomId, texts }),
    isPanelOpen: () => tab.read('open') === true,
    savePanelOpen: (isOpen) => tab.write('open', isOpen || null),
    observe: (onChange) => site.observe(onChange),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
