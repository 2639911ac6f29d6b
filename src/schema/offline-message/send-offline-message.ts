import { z } from 'zod'
import type { OfflineMessage as OfflineMessageModel } from '../../domain/model.ts'
import { anyone } from '../access/access-rule.ts'
import { requireCapability, resolveProvider } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
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
import { OfflineMessage } from './offline-message.ts'

const SendOfflineMessagePayload = builder
  .objectRef<{ readonly offlineMessage: OfflineMessageModel }>('SendOfflineMessagePayload')
  .implement({
    description:
      'Payload of `sendOfflineMessage`: the gateway stored the message. It may not be delivered yet.',
    fields: (t) => ({
      offlineMessage: t.expose('offlineMessage', {
        type: OfflineMessage,
        description: 'The stored message; see `delivery.state`.',
      }),
    }),
  })

const SendOfflineMessageInput = builder.inputType('SendOfflineMessageInput', {
  description:
    'Input of `sendOfflineMessage`. If a provider requires a department or host and the input has none, the configured default is sent.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'Configured name of the provider.' }),
    name: t.string({ required: true, description: 'Name of the visitor.' }),
    email: t.string({ required: true, description: 'E-mail address of the visitor, for the reply.' }),
    text: t.string({
      required: true,
      description: 'Plain text of the message, up to 16 384 characters; a provider can accept fewer.',
    }),
    department: t.string({ description: 'The provider’s id or the name of a department.' }),
    host: t.string({
      description: 'Address of the page that the visitor was on, http or https. Only Rocket.Chat uses it.',
    }),
    idempotencyKey: t.string({
      description:
        'Key that the client chooses once per message, preferably a random UUID. Repeating the same key with the same input returns the same message.',
    }),
  }),
})

const sendOfflineMessageInput = z.object({
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
    type: mutationResultType('SendOfflineMessageResult', SendOfflineMessagePayload),
    description:
      'Leaves a message for a provider while no agent is online. Needs no credential. The gateway stores the message and waits a few seconds for its delivery; if that takes longer, it delivers the message later.',
    access: anyone,
    ...withCallCost({ isPublicWrite: true }),
    args: {
      input: t.arg({
        type: SendOfflineMessageInput,
        required: true,
        description: 'The message, its author and the provider.',
      }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const { provider, idempotencyKey: key, ...draft } = parseInput(sendOfflineMessageInput, args.input)
        const named = resolveProvider(provider, 'provider', ctx)
        const adapter = requireCapability(named, 'SEND_OFFLINE_MESSAGE', ctx)
        const { call, clientAddress } = ctx
        const sender = { caller: call.caller, log: call.log, clientAddress }
        return { offlineMessage: await ctx.outbox.send(adapter, draft, key, sender) }
      }),
  }),
)
