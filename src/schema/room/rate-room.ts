import { z } from 'zod'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { optionalLine, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Room, type RoomHandle } from './room-ref.ts'

const RateRoomPayload = builder.objectRef<{ readonly room: RoomHandle }>('RateRoomPayload').implement({
  description: 'Payload of `rateRoom`: the room has this rating.',
  fields: (t) => ({
    room: t.expose('room', {
      type: Room,
      description: 'The rated room. Selecting its state costs one read of the room.',
    }),
  }),
})

const RateRoomInput = builder.inputType('RateRoomInput', {
  description: 'Input of `rateRoom`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room, open or closed.' }),
    score: t.int({
      required: true,
      description:
        'From 1 (bad) to 5 (good). LiveChat knows only good and bad: it takes 4 and 5 as good, which is read back as 5, and 1 and 2 as bad, which is read back as 1; 3 is `INVALID_INPUT` there.',
    }),
    comment: t.string({ description: 'One line of up to 500 characters.' }),
  }),
})

const SCORE = 'Must be from 1 to 5.'
const rateRoomInput = z.object({
  roomId: z.string(),
  score: z.number().min(1, SCORE).max(5, SCORE),
  comment: optionalLine,
})

builder.mutationField('rateRoom', (t) =>
  t.field({
    type: mutationResultType('RateRoomResult', RateRoomPayload),
    description:
      'Rates a room, for its visitor only; a rating replaces the one before. Costs one call at Rocket.Chat and two at LiveChat, where it applies to the latest conversation of the room.',
    access: requirePermission('WRITE'),
    ...withCallCost({ otherCalls: 2 }),
    args: { input: t.arg({ type: RateRoomInput, required: true, description: 'The room and its rating.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const { score, comment, ...input } = parseInput(rateRoomInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'RATE_ROOM', ctx)
        await adapter.rateRoom(roomId, { score, comment }, ctx.call)
        ctx.hub.requestPoll(provider, roomId, { isRoomChanged: true })
        return { room: { type: 'RoomHandle', provider, nativeId: roomId } as const }
      }),
  }),
)
