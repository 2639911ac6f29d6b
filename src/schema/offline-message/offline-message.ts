import { z } from 'zod'
import { toCalendarDay } from '../../domain/calendar-days.ts'
import type {
  OfflineMessageDelivery as DeliveryModel,
  OfflineMessage as OfflineMessageModel,
} from '../../domain/model.ts'
import { anyone } from '../access/access-plugin.ts'
import { providerOf, requireCapability, resolveProvider } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import type { Context } from '../context.ts'
import { Department } from '../department.ts'
import { OfflineMessageStateType } from '../enums.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import {
  emailAddress,
  idempotencyKey,
  multiLineText,
  nullable,
  optionalLine,
  pageAddress,
  parseInput,
  personName,
} from '../input.ts'
import { Node } from '../node.ts'
import { Provider } from '../provider.ts'

const OfflineMessageDelivery = builder.objectRef<DeliveryModel>('OfflineMessageDelivery').implement({
  description: 'How far an offline message has come on its way to the provider.',
  fields: (t) => ({
    state: t.field({
      type: OfflineMessageStateType,
      description: 'The short of it.',
      resolve: ({ state }) => state,
    }),
    attempts: t.exposeInt('attempts', {
      description: 'How often a request went out for it; 0 for what was read from the provider.',
    }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'Why the last attempt failed.' }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is sent again.',
      resolve: ({ nextAttemptAt }) => nextAttemptAt,
    }),
  }),
})

export const OfflineMessage = builder.objectRef<OfflineMessageModel>('OfflineMessage').implement({
  description: 'What a visitor left while nobody was there.',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'Whose it is.',
      resolve: (own, _args, ctx) => providerOf(own, ctx),
    }),
    nativeId: t.exposeString('nativeId', {
      nullable: true,
      description:
        'The provider’s own id; null until it was sent, and where the provider gives none (Rocket.Chat).',
    }),
    name: t.exposeString('name', { nullable: true, description: 'The visitor’s name.' }),
    email: t.exposeString('email', { nullable: true, description: 'Where to answer.' }),
    text: t.exposeString('text', {
      description:
        'The visitor’s own words: LiveChat’s rendered form (`Your name: ... Message: ...`) is reduced to its message.',
    }),
    rawText: t.exposeString('rawText', {
      description: 'Exactly what the provider holds, or what was accepted here.',
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'Where it belongs.',
      resolve: (own, _args, ctx) => departmentOf(own, ctx),
    }),
    receivedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null where only the day is known.',
      resolve: ({ receivedAt }) => receivedAt,
    }),
    receivedOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day, in the provider’s time zone; LiveChat tells it for listed messages only.',
      resolve: ({ provider, receivedAt, receivedOn }, _args, { registry }) =>
        receivedAt === null
          ? receivedOn
          : toCalendarDay(registry.find(provider)?.timeZone ?? 'UTC', receivedAt),
    }),
    delivery: t.field({
      type: OfflineMessageDelivery,
      description: 'How far it has come.',
      resolve: ({ delivery }) => delivery,
    }),
  }),
})

/** What was accepted here carries what the visitor named: a department's id or its name. */
async function departmentOf({ provider, departmentId, delivery }: OfflineMessageModel, { loaders }: Context) {
  if (departmentId === null) return null
  const found = await loaders.departments.load({ provider, departmentId })
  if (found || delivery.state === 'RECEIVED') return found
  const all = await loaders.departmentLists.load(provider)
  return all.find(({ name }) => name === departmentId) ?? null
}

const SendOfflineMessagePayload = builder
  .objectRef<{ readonly offlineMessage: OfflineMessageModel }>('SendOfflineMessagePayload')
  .implement({
    description: 'The offline message was accepted; its delivery tells how far it has come.',
    fields: (t) => ({
      offlineMessage: t.field({
        type: OfflineMessage,
        description: 'The message.',
        resolve: ({ offlineMessage }) => offlineMessage,
      }),
    }),
  })

const SendOfflineMessageInput = builder.inputType('SendOfflineMessageInput', {
  description:
    '`department` takes the provider’s id or name; `host` is Rocket.Chat’s. Neither is required: a provider that demands them gets configured defaults.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'The provider’s configured name.' }),
    name: t.string({ required: true, description: 'The visitor’s name.' }),
    email: t.string({ required: true, description: 'Where to answer.' }),
    text: t.string({ required: true, description: 'The visitor’s words.' }),
    department: t.string({ description: 'Id or name of a department at the provider.' }),
    host: t.string({ description: 'The http or https address of the page that the visitor was on.' }),
    idempotencyKey: t.string({ description: 'The same key with the same input gives the same message.' }),
  }),
})

const SendOfflineMessageResult = mutationResultType(
  'SendOfflineMessageResult',
  SendOfflineMessagePayload,
  'SendOfflineMessagePayload',
)

const leaving = z.object({
  provider: z.string(),
  name: personName,
  email: emailAddress,
  text: multiLineText,
  department: optionalLine,
  host: nullable(pageAddress),
  idempotencyKey: nullable(idempotencyKey),
})

builder.mutationField('sendOfflineMessage', (t) =>
  t.field({
    type: SendOfflineMessageResult,
    description: 'Leaves a message while nobody is there. Anyone may.',
    access: anyone,
    ...withCallCost(() => ({ isPublicWrite: true })),
    args: {
      input: t.arg({ type: SendOfflineMessageInput, required: true, description: 'Who, what, and where.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(ctx, async () => {
        const { provider, idempotencyKey: key, ...draft } = parseInput(leaving, args.input)
        const adapter = requireCapability(
          resolveProvider(provider, 'provider', ctx),
          'SEND_OFFLINE_MESSAGE',
          ctx,
        )
        const { call, clientAddress } = ctx
        const from = { caller: call.caller, log: call.log, clientAddress }
        return { offlineMessage: await ctx.outbox.send(adapter, draft, key, from) }
      }),
  }),
)
