import { z } from 'zod'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withEstimatedCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { parseInput, tagList } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Room, type RoomHandle } from './room-ref.ts'
import { callsForTags } from './tag-calls.ts'

const SetRoomTagsPayload = builder.objectRef<{ readonly room: RoomHandle }>('SetRoomTagsPayload').implement({
  description: 'Payload of `setRoomTags`: the room has exactly these tags.',
  fields: (t) => ({
    room: t.expose('room', {
      type: Room,
      description: 'The room. Selecting its state costs one read of the room.',
    }),
  }),
})

const SetRoomTagsInput = builder.inputType('SetRoomTagsInput', {
  description: 'Input of `setRoomTags`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room, open or closed.' }),
    tags: t.stringList({
      required: true,
      description:
        'All tags that the room has afterwards: up to 25 of at most 100 characters, without duplicates; an empty list removes all. Rocket.Chat accepts any tag; LiveChat refuses one that it does not have for the group of the room, at the field `tags`. Then no tag was removed, but tags before it in the list were added.',
    }),
  }),
})

const setRoomTagsInput = z.object({ roomId: z.string(), tags: tagList })

builder.mutationField('setRoomTags', (t) =>
  t.field({
    type: mutationResultType('SetRoomTagsResult', SetRoomTagsPayload),
    description:
      'Replaces the tags of a room, for operators only. Repeating it changes nothing. Rocket.Chat usually takes one call, and one read of the room per minute; LiveChat one read of the room, and a call per tag that is added or removed.',
    access: requirePermission('WRITE'),
    ...withEstimatedCallCost((args) => ({ otherCalls: Math.max(2, callsForTags(args)) })),
    args: {
      input: t.arg({ type: SetRoomTagsInput, required: true, description: 'The room and its new tags.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(setRoomTagsInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'SET_TAGS', ctx)
        await adapter.setRoomTags(roomId, input.tags, ctx.call)
        ctx.hub.requestPoll(provider, roomId, { isRoomChanged: true })
        return { room: { type: 'RoomHandle', provider, nativeId: roomId } as const }
      }),
  }),
)
