import { plainError } from '../errors.ts'
import type { Room } from '../model.ts'
import type { Profile } from '../profiles.ts'
import type { RoomsQuery } from '../wire/agent-shapes.ts'
import type { Workspace } from './workspace.ts'

/** The rooms that pass every filter of GET livechat/rooms (docs/providers/rocketchat.md 4.2), unsorted. */
export function listRooms(workspace: Workspace, query: RoomsQuery): Room[] {
  const filters = [
    ...stateFilters(query, workspace.profile),
    ...propertyFilters(query),
    periodFilter(query.createdAt, 'createdAt', (room) => room.ts),
    periodFilter(query.closedAt, 'closedAt', (room) => room.closedAt),
  ]
  return [...workspace.rooms.values()].filter((room) => filters.every((passes) => passes(room)))
}

type Filter = (room: Room) => boolean

/** Neither value of `open` lists rooms on hold; whatever is not `true` asks for closed ones. */
function stateFilters({ open, onhold, queued }: RoomsQuery, { queuedFilter }: Profile): Filter[] {
  const filters: Filter[] = []
  const isNotHeld: Filter = (room) => room.onHold !== true
  const isQueued: Filter = (room) => room.open === true && room.servedBy === undefined && isNotHeld(room)
  const wantsQueued = queuedFilter && isTrue(queued)
  if (open !== undefined && open !== null) {
    filters.push((room) => (room.open === true) === isTrue(open))
    // The server overwrites its conditions: later filters replace earlier ones.
    if (!isTrue(onhold)) filters.push(isNotHeld)
    if (queuedFilter && isTrue(open) && !wantsQueued) filters.push((room) => room.servedBy !== undefined)
  }
  if (isTrue(onhold) && !wantsQueued) filters.push((room) => room.onHold === true)
  if (wantsQueued) filters.push(isQueued)
  return filters
}

function propertyFilters(query: RoomsQuery): Filter[] {
  const { roomName } = query
  const agents = listOf(query.agents)
  const departments = listOf(query.departmentId)
  const tags = listOf(query.tags)
  const filters: Filter[] = []
  if (roomName) filters.push(({ fname }) => fname.toLowerCase().includes(roomName.toLowerCase()))
  if (agents) filters.push(({ servedBy }) => servedBy !== undefined && agents.includes(servedBy._id))
  if (departments) filters.push(({ departmentId = '' }) => departments.includes(departmentId))
  if (tags) filters.push((room) => tags.some((tag) => room.tags?.includes(tag)))
  if (query.customFields) filters.push(customFieldsFilter(query.customFields))
  return filters
}

function customFieldsFilter(text: string): Filter {
  const wanted = parsed(text)
  if (!wanted) throw plainError('The "customFields" query parameter must be a valid JSON.')
  return ({ livechatData = {} }) =>
    Object.entries(wanted).every(([key, value]) => livechatData[key] === String(value))
}

/** `{"start":…,"end":…}`, both ends included. */
function periodFilter(
  text: string | null | undefined,
  name: string,
  timeOf: (room: Room) => Date | undefined,
): Filter {
  if (!text) return () => true
  const period = parsed(text)
  const start = bound(period?.['start'], `${name}.start`) ?? Number.NEGATIVE_INFINITY
  const end = bound(period?.['end'], `${name}.end`) ?? Number.POSITIVE_INFINITY
  return (room) => {
    const time = timeOf(room)?.getTime()
    return time !== undefined && time >= start && time <= end
  }
}

function bound(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const time = Date.parse(String(value))
  if (Number.isNaN(time)) throw plainError(`The "${name}" query parameter must be a valid date.`)
  return time
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function listOf(value: readonly string[] | string | null | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? [value] : value
}

function isTrue(value: string | boolean | null | undefined): boolean {
  return ['true', 't', '1'].includes(String(value))
}
