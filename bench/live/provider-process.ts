import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { serveCommands } from '../shared/child.ts'

const TOKEN = 'bench-visitor'
const HOUR_MS = 3_600_000
/** Rooms are opened an hour ago: new rooms also have fallback polls. */
let ageMs = HOUR_MS
const sandbox = await startRocketChatSandbox({ seed: false, now: () => Date.now() - ageMs })
const { workspace } = sandbox
const agent = workspace.createAgent({ username: 'agent', name: 'Agent' })
const rooms: string[] = []

const commands = {
  /** Opens rooms up to this number; the first belongs to the visitor with the returned token. */
  open: (count: number) => {
    while (rooms.length < count) {
      const token = rooms.length === 0 ? TOKEN : `${TOKEN}-${rooms.length}`
      workspace.createVisitor({ token })
      rooms.push(workspace.openRoom({ token, agentId: agent._id })._id)
    }
    ageMs = 0
    const ids = rooms.map((roomId) => encodeId({ type: 'Room', provider: 'rocketchat', roomId }))
    return { url: sandbox.url, rooms: ids, token: TOKEN, serviceAccount: workspace.serviceAccount() }
  },
  /** Writes an agent's message into the room with this index. */
  writeMessage: ({ room, text }: { readonly room: number; readonly text: string }) => {
    workspace.agentSends(rooms[room] ?? '', text)
  },
  /** The number of calls of each route so far. */
  counts: () => sandbox.counts(),
  /** The number of push subscriptions to messages of rooms. */
  pushSubscriptions: () =>
    Object.entries(sandbox.subscriptions.counts()).reduce(
      (sum, [name, count]) => (name.startsWith('stream-room-messages/') ? sum + count : sum),
      0,
    ),
}
export type ProviderCommands = typeof commands
serveCommands(commands)
