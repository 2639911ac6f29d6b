import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { serveCommands } from '../shared/child.ts'

/** A Rocket.Chat with one visitor's open room. */
export interface ProviderStart {
  readonly url: string
  readonly roomId: string
}

const commands = {
  start: async (visitorToken: string): Promise<ProviderStart> => {
    const { url, workspace } = await startRocketChatSandbox({ seed: false })
    workspace.createAgent({ name: 'Ada' })
    workspace.createVisitor({ token: visitorToken })
    return { url, roomId: workspace.openRoom({ token: visitorToken })._id }
  },
}
export type ProviderCommands = typeof commands

serveCommands(commands)
