import { z } from 'zod'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { parseInput } from '../input.ts'
import { countedAsSignal } from '../mutation-allowance.ts'
import { parseGlobalId } from '../node.ts'

const SetTypingPayload = builder.objectRef<{ readonly roomId: string }>('SetTypingPayload').implement({
  description: 'Payload of `setTyping`: the signal was handed to the provider, which does not confirm it.',
  fields: (t) => ({
    roomId: t.exposeID('roomId', { description: 'Global id of the room.' }),
  }),
})

const SetTypingInput = builder.inputType('SetTypingInput', {
  description: 'Input of `setTyping`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room.' }),
    typing: t.boolean({
      required: true,
      description:
        'Whether the caller types. Repeat `true` every four seconds while it lasts: others see it end after ten.',
    }),
  }),
})

const setTypingInput = z.object({ roomId: z.string(), typing: z.boolean() })

builder.mutationField('setTyping', (t) =>
  t.field({
    type: mutationResultType('SetTypingResult', SetTypingPayload),
    description:
      'Shows the other participants of a room that the caller types, or has stopped. A signal that cannot be sent now is dropped without an error. Costs no call for visitors of Rocket.Chat, at most one read of the room per minute for operators there, and at most one call at LiveChat. Signals have a limit of their own, so that they do not use up the caller’s mutations.',
    access: requirePermission('WRITE'),
    extensions: { ...withCallCost({ otherCalls: 2 }).extensions, ...countedAsSignal },
    args: {
      input: t.arg({ type: SetTypingInput, required: true, description: 'The room, and whether to type.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(setTypingInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'SET_TYPING', ctx)
        await adapter.setTyping(roomId, input.typing, ctx.call)
        return { roomId: input.roomId }
      }),
  }),
)
