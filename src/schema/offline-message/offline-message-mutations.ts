import { z } from 'zod'
import { canSeeProvider } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { OfflineMessage as OfflineMessageModel, OfflineMessageState } from '../../domain/model.ts'
import { requireOperator } from '../access/access-plugin.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { emailAddress, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { OfflineMessage } from './offline-message.ts'

interface WithMessage {
  readonly offlineMessage: OfflineMessageModel
}

function messagePayload(name: string, description: string) {
  return builder.objectRef<WithMessage>(name).implement({
    description,
    fields: (t) => ({
      offlineMessage: t.field({
        type: OfflineMessage,
        description: 'The message as it stands now.',
        resolve: ({ offlineMessage }) => offlineMessage,
      }),
    }),
  })
}

const RetryPayload = messagePayload(
  'RetryOfflineMessagePayload',
  'It is on its way again; its delivery tells how far it has come.',
)
const DiscardPayload = messagePayload('DiscardOfflineMessagePayload', 'It is not sent any more.')
const ErasePayload = builder.objectRef<{ readonly count: number }>('EraseOfflineMessagesPayload').implement({
  description: 'The gateway holds no message from that address any more.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many were erased.' }) }),
})

const RetryResult = mutationResultType(
  'RetryOfflineMessageResult',
  RetryPayload,
  'RetryOfflineMessagePayload',
)
const DiscardResult = mutationResultType(
  'DiscardOfflineMessageResult',
  DiscardPayload,
  'DiscardOfflineMessagePayload',
)
const EraseResult = mutationResultType(
  'EraseOfflineMessagesResult',
  ErasePayload,
  'EraseOfflineMessagesPayload',
)

function messageInput(name: string, description: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({
      offlineMessageId: t.id({ required: true, description: 'The message’s global id.' }),
    }),
  })
}

const RetryInput = messageInput('RetryOfflineMessageInput', 'Which message to send again.')
const DiscardInput = messageInput('DiscardOfflineMessageInput', 'Which message to give up.')
const EraseInput = builder.inputType('EraseOfflineMessagesInput', {
  description: 'Whose messages to erase.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'The address that they were left with, in any case.' }),
  }),
})

/** Why a message in a state can be neither retried nor, where it is not waiting, discarded. */
const standing: Readonly<Record<OfflineMessageState, string>> = {
  RECEIVED: 'It is the provider’s own.',
  QUEUED: 'It is about to be sent.',
  SENT: 'The provider has confirmed it.',
  UNCONFIRMED: 'It is UNCONFIRMED.',
  FAILED: 'It has FAILED.',
  DISCARDED: 'It was given up.',
}

builder.mutationFields((t) => ({
  retryOfflineMessage: t.field({
    type: RetryResult,
    description:
      'Operators only. Sends an UNCONFIRMED or FAILED message again. An UNCONFIRMED one may have arrived: look at the provider before, or it may be there twice.',
    access: requireOperator('MANAGE'),
    args: { input: t.arg({ type: RetryInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(ctx, () => change(input.offlineMessageId, (key) => ctx.outbox.retry(key), ctx)),
  }),
  discardOfflineMessage: t.field({
    type: DiscardResult,
    description:
      'Operators only. Gives up a message that is QUEUED, UNCONFIRMED or FAILED: it is kept for a while and not sent.',
    access: requireOperator('MANAGE'),
    args: { input: t.arg({ type: DiscardInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(ctx, () => change(input.offlineMessageId, (key) => ctx.outbox.discard(key), ctx)),
  }),
  eraseOfflineMessages: t.field({
    type: EraseResult,
    description:
      'Operators only. Erases what the gateway keeps from an e-mail address for the providers that the operator may use, whatever its state; what providers hold stays there.',
    access: requireOperator('MANAGE'),
    args: { input: t.arg({ type: EraseInput, required: true, description: 'Whose.' }) },
    resolve: (_root, { input }, ctx) =>
      toMutationResult(ctx, async () => {
        const erasing = parseInput(z.object({ email: emailAddress }), input)
        return { count: await guard(ctx.outbox.erase(erasing.email, providersOf(ctx)), ctx) }
      }),
  }),
}))

/** Does something to a message kept here; CONFLICT with the reason where its state does not allow it. */
async function change(
  globalId: string,
  work: (key: string) => Promise<OfflineMessageModel | null>,
  ctx: Context,
): Promise<WithMessage> {
  const id = parseGlobalId(globalId, 'OfflineMessage', 'offlineMessageId')
  await demandKept(id, ctx)
  const offlineMessage = await guard(work(id.key), ctx)
  if (offlineMessage) return { offlineMessage }
  const { delivery } = await demandKept(id, ctx)
  throw new ChatError('CONFLICT', standing[delivery.state], { provider: id.provider })
}

async function demandKept(
  { provider, key }: { readonly provider: string; readonly key: string },
  { storedMessages, initialCaller }: Context,
): Promise<OfflineMessageModel> {
  // Not by the registry: messages also wait for providers that are not configured any more.
  const [kept = null] = canSeeProvider(initialCaller, provider)
    ? await storedMessages.find(provider, [key])
    : []
  if (kept) return kept
  throw notFound('offline message kept by this gateway', provider)
}

/** The providers that an operator is limited to; null for all, those not configured any more included. */
function providersOf({ initialCaller }: Context): readonly string[] | null {
  return initialCaller.role === 'OPERATOR' ? initialCaller.providers : []
}

/** A write whose answer is lost may have been done. */
async function guard<T>(work: Promise<T>, { call }: Context): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ChatError) throw error
    call.log.error({ err: error }, 'the store of offline messages failed')
    throw new ChatError('OUTCOME_UNKNOWN', 'The gateway’s store failed: it may or may not have been done.', {
      cause: error,
    })
  }
}
