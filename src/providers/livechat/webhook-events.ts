import type { PushedChange } from '../../domain/push.ts'
import type { WebhookContent } from '../../domain/webhooks.ts'
import { fieldOf, readNonEmptyString, readOptional } from '../shared/read-document.ts'
import { mapEvent } from './map.ts'
import type { Participants } from './participants.ts'
import { readEvent } from './wire.ts'

/** What reads of the account have shown, which a webhook does not repeat. */
export interface WebhookSource {
  readonly provider: string
  readonly participants: Participants
}

/** Webhooks show what the agent API does. */
const AGENT_API = { kind: 'agent' } as const

/** The actions whose payload contains one event, or its id (docs/providers/livechat.md 7.1). */
const EVENT_ACTIONS: ReadonlySet<string> = new Set(['incoming_event', 'event_updated'])

/**
 * Reads the event of a webhook about one chat. An account's webhooks show the agents' view with its notes, so the content
 * is for operators only. A webhook names an author by its id: of an author that no read has shown recently, and of an event
 * that may be the first of its thread, there is no content.
 */
export function readWebhookContent(
  action: string,
  payload: unknown,
  chatId: string,
  source: WebhookSource,
): WebhookContent {
  const change = readChange(action, payload, chatId, source)
  return change === null
    ? { roomId: chatId, view: 'OPERATOR', changes: [], missing: 'ANYTHING' }
    : { roomId: chatId, view: 'OPERATOR', changes: [change], missing: 'NOTHING' }
}

function readChange(
  action: string,
  payload: unknown,
  chatId: string,
  { provider, participants }: WebhookSource,
): PushedChange | null {
  const threadId = readNonEmptyString(fieldOf(payload, 'thread_id'))
  if (threadId === null) return null
  if (action === 'event_deleted') {
    const messageId = readNonEmptyString(fieldOf(payload, 'event_id'))
    return messageId === null ? null : { type: 'MessageDeleted', messageId }
  }
  if (!EVENT_ACTIONS.has(action)) return null
  const event = readOptional(fieldOf(payload, 'event'), readEvent, new Set())
  const thread = participants.findThread(AGENT_API, chatId)
  if (event === null || thread?.id !== threadId || thread.firstEventId === null) return null
  // The first event of a thread reopens the room, which its message says.
  if (thread.firstEventId === event.id) return null
  const authors = new Set(event.author_id === null ? [] : [event.author_id])
  const users = participants.find(AGENT_API, chatId, authors)
  return users && { type: 'Message', message: mapEvent(event, { provider, chatId, threadId, users }) }
}
