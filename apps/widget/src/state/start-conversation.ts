import { createIdempotencyKey, sendMutation } from '@switchboard/client'
import type { WidgetStartMutationVariables } from '../../generated/operations.ts'
import { startDocument } from '../documents.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { createVisitor } from '../gateway/visitor.ts'
import { runExclusively } from './browser-storage.ts'
import type { PendingStart, StoredConversation, VisitorStorage } from './visitor-storage.ts'

/** The input of `startRoom` without its key. */
export type StartInput = Omit<WidgetStartMutationVariables['input'], 'idempotencyKey'>

/** A conversation that was started, and the first message that it does not contain yet. */
export interface Start {
  readonly conversation: StoredConversation
  readonly unsentText: string | null
}

/** Milliseconds within which a start without a response is repeated with its key. Later the visitor means another conversation. */
const PENDING_MS = 600_000

/**
 * Starts a conversation, as the visitor of `previous` if there is one. All tabs of a browser start one together: the key of
 * a start is stored before it is sent, and a tab that comes second, or after a lost response, gets the conversation of the
 * first. Its own first message is `unsentText` then. Rejects with the error if it fails.
 */
export function startConversation(
  gateway: Gateway,
  storage: VisitorStorage,
  input: StartInput,
  previous: StoredConversation | null,
): Promise<Start> {
  return runExclusively('switchboard-chat start', async () => {
    const text = input.text ?? null
    const stored = storage.conversation()
    if (stored && stored.startedAt !== previous?.startedAt) return { conversation: stored, unsentText: text }

    const wanted = JSON.stringify(input)
    const pending = storage.pendingStart()
    const start =
      pending && Date.now() - pending.at < PENDING_MS
        ? pending
        : { key: createIdempotencyKey(), input: wanted, at: Date.now() }
    storage.savePendingStart(start)
    const known = previous?.provider === input.provider ? previous : null
    const outcome = await sendStart(gateway, storage, start, known)
    if (outcome.status !== 'unknown') storage.savePendingStart(null)
    if ('error' in outcome) throw outcome.error
    if (outcome.status === 'aborted') throw new Error('Nothing aborts a start.')
    const { room, visitorToken: token, renewalToken = null } = outcome.payload
    const { provider } = input
    const conversation = { roomId: room.id, token, renewalToken, provider, startedAt: Date.now() }
    storage.saveConversation(conversation)
    return { conversation, unsentText: start.input === wanted ? null : text }
  })
}

async function sendStart(
  { session }: Gateway,
  storage: VisitorStorage,
  { key, input }: PendingStart,
  known: StoredConversation | null,
) {
  // The text was stored by this page; the gateway checks it.
  const stored: StartInput = JSON.parse(input)
  const variables = { input: { ...stored, idempotencyKey: key } }
  const options = { maxAttempts: 1 }
  if (known) {
    const visitor = createVisitor(session, storage, known)
    const outcome = await sendMutation(visitor.session, startDocument, variables, options)
    // The provider may not know the visitor any more: it is a new one.
    if (outcome.status !== 'refused' || outcome.error.code !== 'UNAUTHENTICATED') return outcome
  }
  return sendMutation(session, startDocument, variables, options)
}
