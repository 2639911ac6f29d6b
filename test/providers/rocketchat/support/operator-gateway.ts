import { type Logger, pino } from 'pino'
import { onTestFinished } from 'vitest'
import {
  type Agent,
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  type Room,
  startRocketChatSandbox,
  type WorkspaceControl,
} from '../../../../sandbox/rocketchat/index.ts'
import type { Config } from '../../../../src/config/index.ts'
import { startGateway } from '../../../../src/gateway.ts'
import type { TypedDocumentString } from '../../../generated/graphql.ts'
import { type OperationResult, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator, asVisitor, rocketChatConfig, testConfig } from '../../../support/test-gateway.ts'
import { expectNoToken } from './visitor-gateway.ts'

/** Sends an operation to the gateway. Fails the test if the result contains a visitor token or the service account's token. */
export type AskAs = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<OperationResult<Data>>

/** A gateway for a Rocket.Chat with service account and the agent Ada. */
export interface OperatorGateway {
  readonly url: string
  readonly rocketChat: RocketChatSandbox
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  readonly asOperator: AskAs
  asVisitor(token: string): AskAs
  /** Opens a room of a new visitor, with Ada unless `agentId` is null. */
  openRoomFor(name: string, plan?: { agentId?: null; departmentId?: string; _id?: string }): Room
  /** Counts the upstream requests of an operation per route, without method and version. */
  countRequests(operation: () => Promise<unknown>): Promise<Record<string, number>>
}

export interface OperatorGatewayOptions {
  readonly rocketChat?: RocketChatSandboxOptions
  readonly config?: Partial<Config>
  /** Defaults to the token of the sandbox's service account. */
  readonly authToken?: string
  readonly log?: Logger
}

/** Opens the gateway and its sandbox. They are closed at the end of the test. */
export async function openOperatorGateway(options: OperatorGatewayOptions = {}): Promise<OperatorGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false, ...options.rocketChat })
  const { workspace } = rocketChat
  const account = workspace.serviceAccount()
  const { authToken = account.authToken } = options
  const provider = { ...rocketChatConfig(rocketChat.url), serviceAccount: { ...account, authToken } }
  const log = options.log ?? pino({ level: 'silent' })
  const gateway = await startGateway(testConfig([provider], options.config), { log })
  onTestFinished(async () => {
    await gateway.close()
    await rocketChat.close()
  })
  const askAs =
    (headers: Readonly<Record<string, string>>): AskAs =>
    async (document, variables) => {
      const result = await sendOperation(gateway.url, document, variables, headers)
      expectNoToken(result, [authToken, ...workspace.rooms().map(({ v }) => v.token)])
      return result
    }
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  return {
    url: gateway.url,
    rocketChat,
    workspace,
    ada,
    asOperator: askAs(asOperator),
    asVisitor: (token) => askAs(asVisitor(token)),
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
