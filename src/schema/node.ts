import type { ChatAdapter } from '../domain/adapter.ts'
import { invalidInput } from '../domain/errors.ts'
import { decodeId, encodeId, type GlobalId, nativeParts } from '../domain/ids.ts'
import type { Department, Message, OfflineMessage, Room } from '../domain/model.ts'
import { isSafeLine } from '../domain/text.ts'
import { anyone } from './access/access-plugin.ts'
import { builder } from './builder.ts'
import { withCallCostPerId } from './call-cost.ts'
import type { Context } from './context.ts'

/** A room of which only the ids are known yet; its fields load it when they are asked for. */
export interface RoomHandle {
  readonly type: 'RoomHandle'
  readonly provider: string
  readonly nativeId: string
  /** The room as the live path read it before this event was delivered. */
  readonly polled?: PolledRoom
}

/** A room that the live path has read. */
export interface PolledRoom {
  readonly room: Room
  /** Whether it is what the event reports: then nothing is loaded. Else it stands in where the provider cannot be asked. */
  readonly isEventState: boolean
}

/** Everything that has a global id. */
type NodeValue = ChatAdapter | Room | RoomHandle | Message | OfflineMessage | Department

export const Node = builder.interfaceRef<NodeValue>('Node').implement({
  description: 'Anything with a global id.',
  resolveType: (value) => {
    if ('supports' in value) return 'Provider'
    return value.type === 'RoomHandle' ? 'Room' : value.type
  },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque; the same thing always has the same id. It holds no credential.',
      resolve: globalIdOf,
    }),
  }),
})

/** Ids that `nodes` takes at a time. */
const MOST_IDS = 100

/** Providers and departments are anyone’s to see; the loaders decide about everything else. */
const perType = anyone

builder.queryFields((t) => ({
  node: t.field({
    description: 'Anything by its global id; null where it is absent or not the caller’s to see.',
    type: Node,
    nullable: true,
    access: perType,
    ...withCallCostPerId('id'),
    args: { id: t.arg.id({ required: true, description: 'A global id from any earlier answer.' }) },
    resolve: (_root, { id }, ctx) => loadNode(id, 'id', ctx),
  }),
  nodes: t.field({
    description:
      'At most 100; null at the place of each id that is absent or not the caller’s to see. Order kept.',
    type: [Node],
    access: perType,
    nullable: { list: false, items: true },
    complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
    ...withCallCostPerId('ids', MOST_IDS),
    args: { ids: t.arg.idList({ required: true, description: 'Global ids from earlier answers.' }) },
    resolve: (_root, { ids }, ctx) => {
      if (ids.length > MOST_IDS) throw invalidInput('ids', `At most ${MOST_IDS} ids at a time.`)
      return ids.map((id) => loadNode(id, 'ids', ctx))
    },
  }),
}))

/** The global id of a thing. */
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
  }
}

/** Reads a global id that must name a `type`; anything else is INVALID_INPUT at `field`. */
export function parseGlobalId<T extends GlobalId['type']>(
  text: string,
  type: T,
  field: string,
): Extract<GlobalId, { type: T }> {
  const id = decodeId(text)
  if (isOfType(id, type) && isSafe(id)) return id
  throw invalidInput(field, `This is not the id of a ${type}.`)
}

/** Whether the native ids hold no control character: clients can spell ids of their own, and providers give none such. */
function isSafe(id: GlobalId): boolean {
  return nativeParts(id).every((part) => part === null || isSafeLine(part))
}

function isOfType<T extends GlobalId['type']>(
  id: GlobalId | null,
  type: T,
): id is Extract<GlobalId, { type: T }> {
  return id?.type === type
}

async function loadNode(text: string, field: string, ctx: Context): Promise<NodeValue | null> {
  const id = decodeId(text)
  if (!id) throw invalidInput(field, 'This is not a global id.')
  if (!isSafe(id)) return null
  switch (id.type) {
    case 'Provider':
      return ctx.registry.find(id.provider)
    case 'Room':
      return ctx.loaders.rooms.load(id)
    case 'Message':
      return ctx.loaders.messages.load(id)
    case 'OfflineMessage':
      return ctx.loaders.offlineMessages.load(id)
    case 'Department':
      return ctx.loaders.departments.load(id)
  }
}
