import { WidgetStartDocument, type WidgetStartMutationVariables } from '../../generated/graphql.ts'
import type { Failure, Gateway } from '../gateway/gateway.ts'
import { createVisitor, UNAUTHENTICATED } from '../gateway/visitor.ts'
import { runExclusively } from './browser-storage.ts'
import type { StoredConversation, VisitorStorage } from './visitor-storage.ts'

/** The input of `startRoom` without its key. */
export type StartInput = Omit<WidgetStartMutationVariables['input'], 'idempotencyKey'>

/** How a start ended: with the conversation, or with the reason why there is none. */
export type StartOutcome =
  | { readonly conversation: StoredConversation; readonly failure: null; readonly unsentText: string | null }
  | { readonly conversation: null; readonly failure: Failure }

/** Milliseconds within which a start without a response is repeated with its key. Later the visitor means another conversation. */
const PENDING_MS = 600_000
/** After these a start may have been carried out. */
const UNCERTAIN_FAILURES = new Set(['AWAY', 'OUTCOME_UNKNOWN'])

/**
 * Starts a conversation, as the visitor of `previous` if there is one. All tabs of a browser start one together: the key of
 * a start is stored before it is sent, and a tab that comes second, or after a lost response, gets the conversation of the
 * first. Its own first message is `unsentText` then.
 */
export function startConversation(
  gateway: Gateway,
  storage: VisitorStorage,
  input: StartInput,
  previous: StoredConversation | null,
): Promise<StartOutcome> {
  return runExclusively('switchboard-chat start', async () => {
    const text = input.text ?? null
    const stored = storage.conversation()
    if (stored && stored.startedAt !== previous?.startedAt)
      return { conversation: stored, failure: null, unsentText: text }

    const wanted = JSON.stringify(input)
    const pending = storage.pendingStart()
    const start =
      pending && Date.now() - pending.at < PENDING_MS
        ? pending
        : { key: crypto.randomUUID(), input: wanted, at: Date.now() }
    storage.savePendingStart(start)
    const started = await sendStart(gateway, storage, { ...start, provider: input.provider }, previous)
    if (!started.failure || !UNCERTAIN_FAILURES.has(started.failure.code)) storage.savePendingStart(null)
    if (started.failure) return { conversation: null, failure: started.failure }
    storage.saveConversation(started.conversation)
    return { ...started, unsentText: start.input === wanted ? null : text }
  })
}

async function sendStart(
  gateway: Gateway,
  storage: VisitorStorage,
  { key, input, provider }: { readonly key: string; readonly input: string; readonly provider: string },
  previous: StoredConversation | null,
): Promise<
  | { readonly conversation: StoredConversation; readonly failure: null }
  | { readonly conversation: null; readonly failure: Failure }
> {
  // The text was stored by this page; the gateway checks it.
  const stored: StartInput = JSON.parse(input)
  const variables = { input: { ...stored, idempotencyKey: key } }
  const known = previous?.provider === provider && createVisitor(gateway, storage, previous)
  let answer = known
    ? await known.ask(WidgetStartDocument, variables)
    : await gateway.ask(WidgetStartDocument, variables)
  // The provider does not know the visitor any more: it is a new one.
  if (answer.failure?.code === UNAUTHENTICATED) answer = await gateway.ask(WidgetStartDocument, variables)
  const result = answer.data?.startRoom
  if (!result || !('visitorToken' in result))
    return { conversation: null, failure: answer.failure ?? { code: 'PROVIDER_ERROR' } }
  const { room, visitorToken: token, renewalToken = null } = result
  const conversation = { roomId: room.id, token, renewalToken, provider, startedAt: Date.now() }
  return { conversation, failure: null }
}
