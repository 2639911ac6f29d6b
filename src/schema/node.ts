import { LRUCache } from 'lru-cache'
import type { ChatAdapter } from '../domain/adapter.ts'
import { invalidInput } from '../domain/errors.ts'
import { decodeId, encodeId, type GlobalId, hasSafeParts } from '../domain/ids.ts'
import type { Agent, Department, Message, OfflineMessage, Room } from '../domain/model.ts'
import { anyone } from './access/access-rule.ts'
import { builder } from './builder.ts'
import { withCallCostPerId } from './call-cost.ts'
import type { Context } from './context.ts'
import { computedFromObject } from './object-reuse.ts'
import { createRoomLookup, type FindRoom } from './room/find-room.ts'
import type { RoomHandle } from './room/room-ref.ts'

/** An object that has a global id. */
type NodeValue = ChatAdapter | Room | RoomHandle | Message | OfflineMessage | Department | Agent

export const Node = builder.interfaceRef<NodeValue>('Node').implement({
  description: 'An object with a global id, which `node` and `nodes` can read again.',
  resolveType: (value) => {
    if ('supports' in value) return 'Provider'
    return value.type === 'RoomHandle' ? 'Room' : value.type
  },
  fields: (t) => ({
    id: t.id({
      description: 'Global id. It is opaque, never changes for the same object, and contains no credential.',
      ...computedFromObject,
      resolve: globalIdOf,
    }),
  }),
})

/** Maximum number of ids of one `nodes` field. */
const MAX_IDS = 100

/** Anyone may see providers and departments; the loaders check access to the other types. */
const accessByType = anyone

builder.queryFields((t) => ({
  node: t.field({
    description:
      'An object by its global id; null if it does not exist or the caller may not see it. Costs one read of the object, and for a room of which you select only its messages and ids the page of messages is that read; providers need none, departments one call per provider and minute, and agents one call per provider and five seconds.',
    type: Node,
    nullable: true,
    access: accessByType,
    ...withCallCostPerId('id'),
    args: { id: t.arg.id({ required: true, description: 'Global id from an earlier response.' }) },
    resolve: (_root, { id }, ctx, info) => loadNode(id, 'id', ctx, createRoomLookup(ctx, info)),
  }),
  nodes: t.field({
    description:
      'Objects by up to 100 global ids, in the order of the ids; null for each object that does not exist or that the caller may not see. Costs one read per object, and fewer where the provider can read several at once.',
    type: [Node],
    access: accessByType,
    nullable: { list: false, items: true },
    complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
    ...withCallCostPerId('ids', MAX_IDS),
    args: { ids: t.arg.idList({ required: true, description: 'Global ids from earlier responses.' }) },
    resolve: (_root, { ids }, ctx, info) => {
      if (ids.length > MAX_IDS) throw invalidInput('ids', `Must have at most ${MAX_IDS} ids.`)
      const findRoom = createRoomLookup(ctx, info)
      return ids.map((id) => loadNode(id, 'ids', ctx, findRoom))
    },
  }),
}))

function globalIdOf(value: NodeValue): string {
  if ('supports' in value) return encodeId({ type: 'Provider', provider: value.name })
  const { provider } = value
  switch (value.type) {
    case 'Room':
    case 'RoomHandle':
      return encodeId({ type: 'Room', provider, roomId: value.nativeId })
    case 'Message':
      return encodeId({ type: 'Message', provider, ref: value.ref })
    case 'OfflineMessage':
      return encodeId({ type: 'OfflineMessage', provider, key: value.key })
    case 'Department':
      return encodeId({ type: 'Department', provider, departmentId: value.nativeId })
    case 'Agent':
      return encodeId({ type: 'Agent', provider, agentId: value.nativeId })
  }
}

/** Parses a global id that must be of a type; any other text is INVALID_INPUT at `field`. */
export function parseGlobalId<T extends GlobalId['type']>(
  text: string,
  type: T,
  field: string,
): Extract<GlobalId, { type: T }> {
  const id = decodeSafeId(text)
  if (isOfType(id, type)) return id
  throw invalidInput(field, `Must be the id of ${/^[AO]/.test(type) ? 'an' : 'a'} ${type}.`)
}

/** Characters of the ids that are remembered. Clients send the same ones again and again, and decoding takes long. */
const MAX_REMEMBERED_LENGTH = 256 * 1024
const idsByText = new LRUCache<string, GlobalId>({ maxSize: MAX_REMEMBERED_LENGTH, maxEntrySize: 256 })

/** Decodes a global id; null if it is not valid or not safe. */
function decodeSafeId(text: string): GlobalId | null {
  const known = idsByText.get(text)
  if (known) return known
  const id = decodeId(text)
  if (!id || !hasSafeParts(id)) return null
  idsByText.set(text, id, { size: text.length })
  return id
}

function isOfType<T extends GlobalId['type']>(
  id: GlobalId | null,
  type: T,
): id is Extract<GlobalId, { type: T }> {
  return id?.type === type
}

async function loadNode(
  text: string,
  field: string,
  ctx: Context,
  findRoom: FindRoom,
): Promise<NodeValue | null> {
  const id = decodeId(text)
  if (!id) throw invalidInput(field, 'Must be a global id.')
  if (!hasSafeParts(id)) return null
  switch (id.type) {
    case 'Provider':
      return ctx.registry.find(id.provider)
    case 'Room':
      return findRoom(id)
    case 'Message':
      return ctx.loaders.messages.load(id)
    case 'OfflineMessage':
      return ctx.loaders.offlineMessages.load(id)
    case 'Department':
      return ctx.loaders.departments.load(id)
    case 'Agent':
      return ctx.loaders.agents.load(id)
    case 'Attachment':
      return null
  }
}
