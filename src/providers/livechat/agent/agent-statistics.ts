import type { CallContext } from '../../../domain/adapter.ts'
import type { Statistics, TimeRange } from '../../../domain/model.ts'
import { readAgentsIfPermitted } from '../../shared/agents-for-statistics.ts'
import { cachedByRange } from '../../shared/closed-rooms-cache.ts'
import { type CountedRoom, type CountedRooms, computeStatistics } from '../../shared/statistics.ts'
import { walkArchives } from '../chat-requests.ts'
import { hasErrorType } from '../errors.ts'
import { mapRoom, mapSummary } from '../map.ts'
import { findResponseTimes } from '../response-times.ts'
import type { RoomApi } from '../room-api.ts'
import { formatMicros } from '../timestamps.ts'
import type { WireChat, WireChatSummary } from '../wire.ts'
import type { ReadActiveChats } from './active-chats.ts'
import type { AgentDirectory } from './agent-directory.ts'

/** Pages of a hundred closed threads, which contain all their events. */
const MAX_CLOSED_PAGES = 3
const DAY_MICROS = 86_400_000_000

export type ReadStatistics = (range: TimeRange, call: CallContext) => Promise<readonly Statistics[]>

export interface StatisticsOptions {
  readonly provider: string
  readonly apiFor: (call: CallContext) => RoomApi
  /** Null if no agent credential is configured. */
  readonly agents: Pick<AgentDirectory, 'list'> | null
  readonly readActiveChats: ReadActiveChats
}

/** Creates a reader of statistics from the active chats, the archives, whose rows are threads, and the list of agents. */
export function createStatisticsReader(options: StatisticsOptions): ReadStatistics {
  const { provider, apiFor, agents, readActiveChats } = options
  const readClosed = cachedByRange((range, call) => readClosedThreads(range, provider, apiFor(call)))
  return async (range, call) => {
    const [chats, closed, listed] = await Promise.all([
      readActiveChats(call),
      readClosed(range, call),
      agents && readAgentsIfPermitted(() => agents.list(call), isForbidden),
    ])
    const ofStatus = (status: 'OPEN' | 'QUEUED') => chats && countActive(chats, status, provider)
    const current = { open: ofStatus('OPEN'), queued: ofStatus('QUEUED'), onHold: null }
    return computeStatistics({ provider, ...current, closed, agents: listed }, range, Date.now())
  }
}

function isForbidden(error: unknown): boolean {
  return hasErrorType(error, 'authorization')
}

function countActive(
  chats: readonly WireChatSummary[],
  status: 'OPEN' | 'QUEUED',
  provider: string,
): CountedRooms {
  const rooms = chats
    .map((summary) => mapSummary(summary, 'AGENTS', provider))
    .filter((room) => room.status === status)
    .map(({ departmentId, queue }) => ({
      departmentId,
      waitingSince: queue?.since ?? null,
      firstResponseMs: null,
    }))
  return { rooms, total: rooms.length, isComplete: true }
}

/**
 * Reads the threads that closed within a range, newest first. LiveChat does not document whether its own range means the start
 * or the end of a thread (docs/providers/livechat.md 18), so threads that started up to a day earlier are read, too. It counts
 * matches only roughly, so more threads than are read have no total.
 */
async function readClosedThreads(range: TimeRange, provider: string, api: RoomApi): Promise<CountedRooms> {
  const { from, to } = range
  const filters = {
    ...(from && { from: formatMicros(from.getTime() * 1000 - DAY_MICROS) }),
    ...(to && { to: formatMicros(to.getTime() * 1000) }),
  }
  const rooms: CountedRoom[] = []
  let readPages = 0
  for await (const { chats, nextPageId } of walkArchives(api, filters)) {
    rooms.push(...chats.flatMap((chat) => toClosedRoom(chat, range, provider)))
    readPages += 1
    if (nextPageId !== null && readPages === MAX_CLOSED_PAGES)
      return { rooms, total: null, isComplete: false }
  }
  return { rooms, total: rooms.length, isComplete: true }
}

/** Empty for a thread that is not closed, or was not closed within the range. */
function toClosedRoom(chat: WireChat, { from, to }: TimeRange, provider: string): readonly CountedRoom[] {
  const { thread, users } = chat
  if (!thread) return []
  const { rows } = thread.events
  const room = mapRoom(
    {
      ...chat,
      thread,
      events: rows.map((event) => ({ thread_id: thread.id, event })),
      createdMicros: thread.created_at,
      responseTimes: findResponseTimes(rows, users),
    },
    'AGENTS',
    provider,
  )
  const { status, createdAt, closedAt, firstResponseAt, departmentId } = room
  if (status !== 'CLOSED' || closedAt === null) return []
  if ((from && closedAt < from) || (to && closedAt >= to)) return []
  const firstResponseMs = createdAt && firstResponseAt && firstResponseAt.getTime() - createdAt.getTime()
  return [{ departmentId, waitingSince: null, firstResponseMs }]
}
