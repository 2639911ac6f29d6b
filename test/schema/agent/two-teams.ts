import { createTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/test-gateway.ts'

/** Agents of the LiveChat sandbox. */
export const ADA = 'ada.kowalska@switchboard.test'
export const CHIYO = 'chiyo.tanaka@switchboard.test'
export const DORA = 'dora.lind@switchboard.test'

/** A gateway with agents and departments at both providers. */
export interface TwoTeams extends TestGateway {
  /** Rocket.Chat: accepts, at most four rooms. */
  readonly ida: string
  /** Rocket.Chat: connected, and does not accept. */
  readonly otto: string
  /** The department of Ida at Rocket.Chat. */
  readonly orders: string
}

export async function openTwoTeams(options: TestGatewayOptions = {}): Promise<TwoTeams> {
  const gateway = await createTestGateway({ as: 'agents', ...options })
  const { workspace } = gateway.rocketChat
  const ida = workspace.createAgent({ username: 'ida', name: 'Ida Agent', maxNumberSimultaneousChat: 4 })._id
  const otto = workspace.createAgent({ username: 'otto', name: 'Otto', statusLivechat: 'not-available' })._id
  const orders = workspace.createDepartment({ name: 'Orders', agentIds: [ida] })._id
  return { ...gateway, ida, otto, orders }
}

/** Counts the requests of an operation to both providers, by route without method and version. */
export async function countRequests(
  { rocketChat, liveChat }: TestGateway,
  operation: () => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  rocketChat.clearCalls()
  liveChat.clearCalls()
  await operation()
  const counts = Object.entries({ ...rocketChat.counts(), ...liveChat.counts() })
  return Object.fromEntries(
    counts.map(([route, count]) => [route.replace(/^\w+ \/(api\/v1|v3\.6)\//, ''), count]),
  )
}

/** The routes of the sandboxes that list agents. */
export const ROCKETCHAT_LIST = '/api/v1/livechat/users/agent'
export const LIVECHAT_LIST = '/v3.6/configuration/action/list_agents'
