import { addNote } from './add-note.ts'
import { assignRoom } from './assign-room.ts'
import { closeRoom } from './close-room.ts'
import { discardOfflineMessage } from './discard-offline-message.ts'
import { getStatistics } from './get-statistics.ts'
import { listAgents } from './list-agents.ts'
import { listOfflineMessages } from './list-offline-messages.ts'
import { listOpenRooms } from './list-open-rooms.ts'
import { listProviders } from './list-providers.ts'
import { readRoom } from './read-room.ts'
import { retryOfflineMessage } from './retry-offline-message.ts'
import { searchRooms } from './search-rooms.ts'
import { sendMessage } from './send-message.ts'
import { setRoomTags } from './set-room-tags.ts'
import { takeRoom } from './take-room.ts'
import type { Tool } from './tool.ts'
import { transferRoom } from './transfer-room.ts'

/** All tools, in the order in which clients show them. */
export const tools: readonly Tool[] = [
  listOpenRooms,
  readRoom,
  searchRooms,
  getStatistics,
  listAgents,
  listProviders,
  listOfflineMessages,
  sendMessage,
  addNote,
  takeRoom,
  assignRoom,
  transferRoom,
  setRoomTags,
  closeRoom,
  retryOfflineMessage,
  discardOfflineMessage,
]
