import { createIdempotencyKey } from '@switchboard/client'
import * as z from 'zod/mini'

/** What an operator writes in a room: a reply, a note for agents, or the comment of a closing. */
export type DraftKind = 'reply' | 'note' | 'close'

/** A text that is not sent yet. */
export interface Draft {
  readonly text: string
  /** Idempotency key of the message that the text becomes: sent again after a failure or a reload, it is delivered once. */
  readonly key: string
}

const MAX_DRAFTS = 200

const storedDrafts = z.record(
  z.string(),
  z.object({ text: z.string(), key: z.string(), savedAt: z.number() }),
)
type StoredDrafts = z.infer<typeof storedDrafts>

/** Reads a draft of an operator from this browser; an empty one, with a new key, if there is none. */
export function loadDraft(operator: string, roomId: string, kind: DraftKind): Draft {
  const { text, key } = readAll(operator)[`${roomId} ${kind}`] ?? { text: '', key: createIdempotencyKey() }
  return { text, key }
}

type DraftListener = (draft: Draft) => void

const listenersByDraft = new Map<string, Set<DraftListener>>()

/** Calls the listener with a draft each time that it is saved in this page. Returns the function that ends that. */
export function onDraftSaved(
  operator: string,
  roomId: string,
  kind: DraftKind,
  listener: DraftListener,
): () => void {
  const name = `${operator} ${roomId} ${kind}`
  const listeners = listenersByDraft.get(name) ?? new Set<DraftListener>()
  listenersByDraft.set(name, listeners.add(listener))
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) listenersByDraft.delete(name)
  }
}

/** Keeps a draft in this browser, and drops the oldest beyond 200 per operator. An empty text removes the draft. */
export function saveDraft(operator: string, roomId: string, kind: DraftKind, draft: Draft): void {
  for (const listener of listenersByDraft.get(`${operator} ${roomId} ${kind}`) ?? []) listener(draft)
  const { [`${roomId} ${kind}`]: _before, ...others } = readAll(operator)
  const saved = { ...draft, savedAt: Date.now() }
  const drafts = draft.text === '' ? others : { ...others, [`${roomId} ${kind}`]: saved }
  const newest = Object.entries(drafts).sort(([, a], [, b]) => b.savedAt - a.savedAt)
  try {
    localStorage.setItem(
      storageKey(operator),
      JSON.stringify(Object.fromEntries(newest.slice(0, MAX_DRAFTS))),
    )
  } catch {
    // The browser's storage is full or switched off: the draft lasts as long as its room is open.
  }
}

function readAll(operator: string): StoredDrafts {
  try {
    const parsed = storedDrafts.safeParse(JSON.parse(localStorage.getItem(storageKey(operator)) ?? '{}'))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

function storageKey(operator: string): string {
  return `switchboard-drafts ${operator}`
}
