import type { Config } from '../../../src/config/index.ts'
import { decodeId, encodeId } from '../../../src/domain/ids.ts'
import { withOAuth } from '../../providers/livechat/support/livechat-gateway.ts'
import { liveChatAgent, type OwnAgent, rocketChatAgent } from '../../support/own-agents.ts'
import { createTestGateway, type TestGateway } from '../../support/test-gateway.ts'

const keys = { ann: 'operator-key-of-ann', ben: 'operator-key-of-ben' }
export const asAnn = { authorization: `Bearer ${keys.ann}` }
export const asBen = { authorization: `Bearer ${keys.ben}` }

export const providers = ['rocketchat', 'livechat'] as const
export type Provider = (typeof providers)[number]

/** A gateway whose operators Ann and Ben have an agent of their own at each provider. */
export interface RecipeGateway extends TestGateway {
  readonly agents: Readonly<Record<Provider, { readonly ann: OwnAgent; readonly ben: OwnAgent }>>
  /** Departments of Ben, by native id. */
  readonly departments: Readonly<Record<Provider, string>>
}

/** Starts the gateway and both sandboxes. Agents of Rocket.Chat take rooms from the queue themselves. */
export async function openRecipeGateway(config: Partial<Config> = {}): Promise<RecipeGateway> {
  const now = createStrictClock()
  const first = await createTestGateway({
    as: 'agents',
    rocketChat: { now, settings: { Livechat_Routing_Method: 'Manual_Selection' } },
    liveChat: { now },
    configureLiveChat: withOAuth,
  })
  const { rocketChat, liveChat } = first
  const agents = {
    rocketchat: { ann: rocketChatAgent(rocketChat, 'Ann Ito'), ben: rocketChatAgent(rocketChat, 'Ben Osei') },
    livechat: {
      ann: liveChatAgent(liveChat, 'ada.kowalska@switchboard.test'),
      ben: liveChatAgent(liveChat, 'ben.osei@switchboard.test'),
    },
  }
  const { workspace } = rocketChat
  const orders = workspace.createDepartment({ name: 'Orders', agentIds: [agents.rocketchat.ben.nativeId] })
  // By default only managers of Rocket.Chat may transfer rooms.
  workspace.setPermissionRoles('transfer-livechat-guest', ['livechat-agent', 'livechat-manager'])
  const operators = (['ann', 'ben'] as const).map((name) => ({
    name,
    key: keys[name],
    agents: {
      rocketchat: agents.rocketchat[name].credential,
      livechat: agents.livechat[name].credential,
    },
  }))
  const gateway = await first.startReplica({ operators, ...config })
  return { ...gateway, agents, departments: { rocketchat: orders._id, livechat: '2' } }
}

/** A clock that never shows the same millisecond twice: the order of events is checked. */
function createStrictClock(): () => number {
  let last = 0
  return () => {
    last = Math.max(last + 1, Date.now())
    return last
  }
}

/** The global id of a room. */
export function roomId(provider: Provider, nativeId: string): string {
  return encodeId({ type: 'Room', provider, roomId: nativeId })
}

/** The provider's own id of a room. */
export function nativeRoomId(id: string): string {
  const decoded = decodeId(id)
  if (decoded?.type !== 'Room') throw new Error(`not the id of a room: ${id}`)
  return decoded.roomId
}
