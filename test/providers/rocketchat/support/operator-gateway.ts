import type { Room } from '../../../../sandbox/rocketchat/index.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'
import {
  type Ask,
  openRocketChatGateway,
  type RocketChatGateway,
  type RocketChatGatewayOptions,
} from './rocketchat-gateway.ts'

/** A gateway for a Rocket.Chat with service account. */
export interface OperatorGateway extends RocketChatGateway {
  readonly asOperator: Ask
  asVisitor(token: string): Ask
  /** Opens a room of a new visitor, with Ada unless `agentId` is null. */
  openRoomFor(name: string, plan?: { agentId?: null; departmentId?: string; _id?: string }): Room
  /** Counts the upstream requests of an operation per route, without method and version. */
  countRequests(operation: () => Promise<unknown>): Promise<Record<string, number>>
}

/** Opens the gateway and its sandbox. They are closed at the end of the test. */
export async function openOperatorGateway(
  options: Omit<RocketChatGatewayOptions, 'hasServiceAccount'> = {},
): Promise<OperatorGateway> {
  const gateway = await openRocketChatGateway({ ...options, hasServiceAccount: true })
  const { rocketChat, workspace, ada, askWith } = gateway
  return {
    ...gateway,
    asOperator: askWith(asOperator),
    asVisitor: (token) => askWith(asVisitor(token)),
    openRoomFor(name, plan = {}) {
      const { token } = workspace.createVisitor({ name })
      return workspace.openRoom({ token, agentId: ada._id, ...plan })
    },
    async countRequests(operation) {
      rocketChat.clearCalls()
      await operation()
      const counts = Object.entries(rocketChat.counts())
      return Object.fromEntries(
        counts.map(([route, count]) => [route.replace(/^\w+ \/api\/v1\//, ''), count]),
      )
    },
  }
}
