import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { RocketChatConfig } from '../../src/config/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { serveCommands } from '../shared/child.ts'
import { MessageWriter } from './message-writer.ts'
import type { Scenario } from './scenario.ts'
import { UpstreamTraffic } from './upstream-traffic.ts'

const NAME = 'rocketchat'

/** A stock server: its limits, of REST and DDP, have their defaults. */
const sandbox = await startRocketChatSandbox({ seed: false, limiter: true })
const { workspace } = sandbox
const traffic = new UpstreamTraffic(sandbox)
const agent = workspace.createAgent({ username: 'agent', name: 'Agent' })
const rooms: string[] = []
const writer = new MessageWriter((room, text) => workspace.agentSends(rooms[room] ?? '', text))

const commands = {
  /** Opens the rooms; returns them and the account of the gateway. */
  open: (scenario: Scenario) => {
    const isOperators = scenario.watchers === 'operators'
    const watched = Array.from({ length: scenario.rooms }, (_, index) => {
      const token = `bench-visitor-${index}`
      workspace.createVisitor({ token })
      const roomId = workspace.openRoom({ token, agentId: agent._id })._id
      rooms.push(roomId)
      const id = encodeId({ type: 'Room', provider: NAME, roomId })
      return { id, visitorToken: isOperators ? null : token }
    })
    const account: RocketChatConfig = {
      name: NAME,
      kind: 'ROCKET_CHAT',
      url: sandbox.url,
      ...(isOperators && { serviceAccount: workspace.serviceAccount() }),
      ...(scenario.push && { push: true }),
    }
    return { account, watched }
  },
  startMessages: () => writer.start(rooms.length),
  stopMessages: () => writer.stop(),
  traffic: () => traffic.report(),
}
export type RocketChatCommands = typeof commands
serveCommands(commands)
