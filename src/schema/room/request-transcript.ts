import { z } from 'zod'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { emailAddress, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'

const RequestTranscriptPayload = builder
  .objectRef<{ readonly email: string }>('RequestTranscriptPayload')
  .implement({
    description: 'Payload of `requestTranscript`: the provider accepted the request.',
    fields: (t) => ({
      email: t.exposeString('email', { description: 'Address that receives the transcript.' }),
    }),
  })

const RequestTranscriptInput = builder.inputType('RequestTranscriptInput', {
  description: 'Input of `requestTranscript`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room.' }),
    email: t.string({ required: true, description: 'E-mail address that receives the transcript.' }),
  }),
})

const requestTranscriptInput = z.object({ roomId: z.string(), email: emailAddress })

builder.mutationField('requestTranscript', (t) =>
  t.field({
    type: mutationResultType('RequestTranscriptResult', RequestTranscriptPayload),
    description:
      'Asks the provider to mail the transcript of a room. Rocket.Chat mails it at once, of open and closed rooms, for visitors and operators, and each request is another mail; after `OUTCOME_UNKNOWN` it may be sent twice. LiveChat mails it when the conversation ends, to the address of the latest request, for visitors only; a closed room is `ROOM_CLOSED` there. Costs up to two calls.',
    access: requirePermission('WRITE'),
    // A read of the room, which shows that the caller may see it, and the request.
    ...withCallCost({ otherCalls: 2 }),
    args: {
      input: t.arg({
        type: RequestTranscriptInput,
        required: true,
        description: 'The room and the address.',
      }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(requestTranscriptInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'REQUEST_TRANSCRIPT', ctx)
        await adapter.requestTranscript(roomId, input.email, ctx.call)
        ctx.hub.requestPoll(provider, roomId)
        return { email: input.email }
      }),
  }),
)
