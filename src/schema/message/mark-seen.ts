import { z } from 'zod'
import { invalidInput } from '../../domain/errors.ts'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { parseInput } from '../input.ts'
import { countedAsSignal } from '../mutation-allowance.ts'
import { parseGlobalId } from '../node.ts'

const MarkSeenPayload = builder.objectRef<{ readonly roomId: string }>('MarkSeenPayload').implement({
  description: 'Payload of `markSeen`: the provider has marked the messages as seen.',
  fields: (t) => ({
    roomId: t.exposeID('roomId', { description: 'Global id of the room.' }),
  }),
})

const MarkSeenInput = builder.inputType('MarkSeenInput', {
  description: 'Input of `markSeen`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room.' }),
    messageId: t.id({
      required: true,
      description: 'Global id of the newest message that the caller has seen, a message of this room.',
    }),
  }),
})

const markSeenInput = z.object({ roomId: z.string(), messageId: z.string() })

builder.mutationField('markSeen', (t) =>
  t.field({
    type: mutationResultType('MarkSeenResult', MarkSeenPayload),
    description:
      'Marks the messages of a room as seen by the caller, up to this one. At LiveChat the others receive a SeenSignal; Rocket.Chat marks the whole room as read by the operator’s agent, tells nobody, and returns ConflictError if the agent is not in the room. Usually costs two calls. Signals have a limit of their own, so that they do not use up the caller’s mutations.',
    access: requirePermission('WRITE'),
    extensions: { ...withCallCost({ otherCalls: 3 }).extensions, ...countedAsSignal },
    args: {
      input: t.arg({
        type: MarkSeenInput,
        required: true,
        description: 'The room, and its newest seen message.',
      }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(markSeenInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const message = parseGlobalId(input.messageId, 'Message', 'messageId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'MARK_SEEN', ctx)
        if (message.provider !== provider || message.ref.roomId !== roomId)
          throw invalidInput('messageId', 'Must be a message of the room.')
        await adapter.markSeen(message.ref, ctx.call)
        return { roomId: input.roomId }
      }),
  }),
)
