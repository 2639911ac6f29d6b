import { z } from 'zod'
import { canSeeProvider } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { OfflineMessage as OfflineMessageModel, OfflineMessageState } from '../../domain/model.ts'
import { requireOperator } from '../access/access-rule.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { emailAddress, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { OfflineMessage } from './offline-message.ts'

interface OfflineMessagePayload {
  readonly offlineMessage: OfflineMessageModel
}

function payloadType(name: string, description: string) {
  return builder.objectRef<OfflineMessagePayload>(name).implement({
    description,
    fields: (t) => ({
      offlineMessage: t.expose('offlineMessage', {
        type: OfflineMessage,
        description: 'The message in its new state.',
      }),
    }),
  })
}

const RetryPayload = payloadType(
  'RetryOfflineMessagePayload',
  'Payload of `retryOfflineMessage`: the message is queued for delivery again.',
)
const DiscardPayload = payloadType(
  'DiscardOfflineMessagePayload',
  'Payload of `discardOfflineMessage`: the message is not sent any more.',
)
const ErasePayload = builder.objectRef<{ readonly count: number }>('EraseOfflineMessagesPayload').implement({
  description:
    'Payload of `eraseOfflineMessages`: the gateway stores no offline message from the address any more, and no earlier event that contains it.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'Number of messages that were erased.' }) }),
})

function inputType(name: string, description: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({
      offlineMessageId: t.id({ required: true, description: 'Global id of the offline message.' }),
    }),
  })
}

const RetryInput = inputType('RetryOfflineMessageInput', 'Input of `retryOfflineMessage`.')
const DiscardInput = inputType('DiscardOfflineMessageInput', 'Input of `discardOfflineMessage`.')
const EraseInput = builder.inputType('EraseOfflineMessagesInput', {
  description: 'Input of `eraseOfflineMessages`.',
  fields: (t) => ({
    email: t.string({
      required: true,
      description: 'E-mail address of the messages to erase. Upper and lower case are equal.',
    }),
  }),
})

/**
 * Reason of the CONFLICT if a message cannot be retried or discarded because of its state. UNCONFIRMED and FAILED allow both:
 * such a message was in another state when the change was tried.
 */
const stateReasons: Readonly<Record<Exclude<OfflineMessageState, 'QUEUED'>, string>> = {
  RECEIVED: 'It is in the provider’s own list.',
  SENT: 'The provider has confirmed it.',
  UNCONFIRMED: 'An attempt to send it has just ended: it is UNCONFIRMED now. Try again.',
  FAILED: 'An attempt to send it has just ended: it is FAILED now. Try again.',
  DISCARDED: 'It was discarded.',
}

/** A change of a stored message, with the reason why a QUEUED one does not allow it. */
interface StoredMessageChange {
  readonly apply: (key: string, outbox: Context['outbox']) => Promise<OfflineMessageModel | null>
  readonly reasonIfQueued: string
}

const retryChange: StoredMessageChange = {
  apply: (key, outbox) => outbox.retry(key),
  reasonIfQueued: 'It is queued for delivery already.',
}
const discardChange: StoredMessageChange = {
  apply: (key, outbox) => outbox.discard(key),
  reasonIfQueued: 'It is being sent at the moment. Try again.',
}

builder.mutationFields((t) => ({
  retryOfflineMessage: t.field({
    type: mutationResultType('RetryOfflineMessageResult', RetryPayload),
    description:
      'Operators only. Queues an UNCONFIRMED or FAILED message for delivery again. An UNCONFIRMED message may have arrived: check at the provider first, or it may be delivered twice.',
    access: requireOperator('MANAGE'),
    args: { input: t.arg({ type: RetryInput, required: true, description: 'The message to send again.' }) },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(() => changeStored(input.offlineMessageId, retryChange, ctx)),
  }),
  discardOfflineMessage: t.field({
    type: mutationResultType('DiscardOfflineMessageResult', DiscardPayload),
    description:
      'Operators only. Discards a QUEUED, UNCONFIRMED or FAILED message: it is not sent any more, and is deleted after the retention time.',
    access: requireOperator('MANAGE'),
    args: { input: t.arg({ type: DiscardInput, required: true, description: 'The message to discard.' }) },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(() => changeStored(input.offlineMessageId, discardChange, ctx)),
  }),
  eraseOfflineMessages: t.field({
    type: mutationResultType('EraseOfflineMessagesResult', ErasePayload),
    description:
      'Operators only. Erases all offline messages from an e-mail address in the gateway’s store, whatever their state, and all that its event log has kept of rooms and accounts in whose events or state the address occurs, for the providers that the operator may use. Copies at the providers are not erased, and the current state of a room is kept while somebody is subscribed to it. Takes a second longer if events are erased.',
    access: requireOperator('MANAGE'),
    args: {
      input: t.arg({
        type: EraseInput,
        required: true,
        description: 'The address of the messages to erase.',
      }),
    },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(async () => {
        const { email } = parseInput(z.object({ email: emailAddress }), input)
        const count = await guardStoreWrite(ctx.outbox.erase(email, restrictedProviders(ctx)), ctx)
        await eraseEvents(email, count, ctx)
        return { count }
      }),
  }),
}))

/** Changes a stored message; CONFLICT with the reason if its state does not allow the change. */
async function changeStored(
  globalId: string,
  { apply, reasonIfQueued }: StoredMessageChange,
  ctx: Context,
): Promise<OfflineMessagePayload> {
  const id = parseGlobalId(globalId, 'OfflineMessage', 'offlineMessageId')
  await requireStored(id, ctx)
  const offlineMessage = await guardStoreWrite(apply(id.key, ctx.outbox), ctx)
  if (offlineMessage) return { offlineMessage }
  const { delivery } = await requireStored(id, ctx)
  const { state } = delivery
  const reason = state === 'QUEUED' ? reasonIfQueued : stateReasons[state]
  throw new ChatError('CONFLICT', reason, { provider: id.provider })
}

async function requireStored(
  { provider, key }: { readonly provider: string; readonly key: string },
  { storedMessages, initialCaller }: Context,
): Promise<OfflineMessageModel> {
  // Not from the registry, because the store can have messages for providers that are not configured any more.
  const [stored = null] = canSeeProvider(initialCaller, provider)
    ? await storedMessages.find(provider, [key])
    : []
  if (stored) return stored
  throw notFound('offline message in the store of this gateway', provider)
}

/** The providers that an operator is restricted to; null for all, including those that are not configured any more. */
function restrictedProviders({ initialCaller }: Context): readonly string[] | null {
  return initialCaller.role === 'OPERATOR' ? initialCaller.providers : []
}

/** Erases the events that contain an address. Rejects with OUTCOME_UNKNOWN where some may be left; `count` messages are erased. */
async function eraseEvents(email: string, count: number, ctx: Context): Promise<void> {
  try {
    await ctx.eventErasure.erase(email, restrictedProviders(ctx))
  } catch (error) {
    ctx.call.log.error({ err: error }, 'events could not be erased from the event log')
    const detail = `Offline messages that were erased: ${count}. Some events that contain the address may be left in the event log: try again.`
    throw new ChatError('OUTCOME_UNKNOWN', detail, { cause: error })
  }
}

/** Turns an unexpected failure of a store write into OUTCOME_UNKNOWN, because the write may have been committed. */
async function guardStoreWrite<T>(work: Promise<T>, { call }: Context): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ChatError) throw error
    call.log.error({ err: error }, 'write to the offline message store failed')
    throw new ChatError(
      'OUTCOME_UNKNOWN',
      'The gateway’s store failed: the change may or may not have been made.',
      {
        cause: error,
      },
    )
  }
}
