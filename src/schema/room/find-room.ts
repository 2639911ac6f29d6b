import { type GraphQLResolveInfo, getArgumentValues, isObjectType } from 'graphql'
import { isInvalidInput, isNotFound } from '../../domain/errors.ts'
import type { MessageWindow } from '../../domain/messages.ts'
import type { Room as RoomModel } from '../../domain/model.ts'
import type { Context } from '../context.ts'
import { messageArguments, readMessagePage, toMessageWindow } from '../message/message-page.ts'
import { selectedFields } from '../selection.ts'
import { isTransient, Room, type RoomHandle } from './room-ref.ts'

/** Fields of Room that need only its ids. */
const ID_FIELDS: ReadonlySet<string> = new Set(['__typename', 'id', 'nativeId', 'provider', 'live'])

interface RoomKey {
  readonly provider: string
  readonly roomId: string
}

/** Finds a room by its ids; null if it is absent or the caller may not see it. */
export type FindRoom = (key: RoomKey) => Promise<RoomModel | RoomHandle | null>

/**
 * Creates the lookup of rooms for the current field. If the operation selects nothing of them but messages and ids, a page of
 * messages is read instead of the room: it proves access, and the field `messages` takes it from the loaders.
 */
export function createRoomLookup(ctx: Context, info: GraphQLResolveInfo): FindRoom {
  const window = sufficientPage(info)
  if (window) return (key) => findByPage(key, window, ctx)
  return (key) => ctx.loaders.rooms.load(key)
}

async function findByPage(
  { provider, roomId }: RoomKey,
  window: MessageWindow,
  ctx: Context,
): Promise<RoomHandle | null> {
  const room = { type: 'RoomHandle', provider, nativeId: roomId } as const
  try {
    await readMessagePage(room, window, ctx)
  } catch (error) {
    if (isNotFound(error)) return null
    // What does not concern access is reported by `messages`, which fails with it too and makes the room null.
    if (!isTransient(error) && !isInvalidInput(error)) throw error
  }
  return room
}

type Variables = GraphQLResolveInfo['variableValues']
type FieldNodes = GraphQLResolveInfo['fieldNodes']

/** A compiled operation with its variables has the same objects each time. */
const windowsByVariables = new WeakMap<Variables, WeakMap<FieldNodes, MessageWindow | null>>()

/** The page that suffices to resolve rooms of the current field; null if the rooms must be read. */
function sufficientPage(info: GraphQLResolveInfo): MessageWindow | null {
  let windows = windowsByVariables.get(info.variableValues)
  if (!windows) {
    windows = new WeakMap()
    windowsByVariables.set(info.variableValues, windows)
  }
  let window = windows.get(info.fieldNodes)
  if (window === undefined) {
    window = findSufficientPage(info)
    windows.set(info.fieldNodes, window)
  }
  return window
}

function findSufficientPage(info: GraphQLResolveInfo): MessageWindow | null {
  const type = info.schema.getType(Room.name)
  if (!isObjectType(type)) return null
  const fields = selectedFields(info, type).filter(({ name }) => !ID_FIELDS.has(name.value))
  const [node] = fields
  const messages = type.getFields()['messages']
  if (!node || !messages || fields.some(({ name }) => name.value !== messages.name)) return null
  try {
    // Of several pages, any one proves access.
    return toMessageWindow(messageArguments.parse(getArgumentValues(messages, node, info.variableValues)))
  } catch {
    // `messages` reports invalid arguments, if the room exists.
    return null
  }
}
