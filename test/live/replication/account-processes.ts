import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import type { ActivityFeed } from '../../../src/live/delivery/activity-feeds.ts'
import { openProcesses, POLL_MS, settle } from './processes.ts'

/** Processes that share a log, and an account whose rooms become active. */
export function openAccountProcesses(pollInterval = { activeMs: POLL_MS, idleMs: POLL_MS }) {
  const { log, room, open } = openProcesses(pollInterval)
  const account = {
    polls: 0,
    /** The rooms with activity, in order. */
    active: [] as string[],
    watch: ({ hub }: ReturnType<typeof open>) =>
      settle(hub.subscribeToActivity([adapter], new AbortController().signal)),
  }
  const adapter: ChatAdapter = {
    ...room.adapter,
    readRoomActivity: async (syncToken) => {
      account.polls += 1
      const seen = syncToken === null ? account.active.length : Number(syncToken)
      return {
        rooms: account.active.slice(seen).map((roomId) => ({ roomId, room: null })),
        syncToken: String(account.active.length),
        isComplete: true,
      }
    },
  }
  return { log, account, open }
}

/** The next room with activity that a feed reports. */
export async function nextRoom(feed: ActivityFeed): Promise<string> {
  const { value } = await feed.next()
  return value.roomId
}
