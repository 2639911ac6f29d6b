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

/** Asks the gateway; fails the test where the answer shows any visitor's token, or the service account's. */
export type AskAs = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<OperationResult<Data>>

/** A gateway with a service account before a Rocket.Chat where Ada answers. */
export interface OperatorGateway {
  readonly url: string
  readonly rocketChat: RocketChatSandbox
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  readonly asOperator: AskAs
  asVisitor(token: string): AskAs
  /** A room of a new visitor; with Ada unless `agentId` is null. */
  openRoomFor(name: string, plan?: { agentId?: null; departmentId?: string; _id?: string }): Room
  /** What an operator's question cost: calls per route, without method and version. */
  countRequests(question: () => Promise<unknown>): Promise<Record<string, number>>
}

export interface OperatorGatewayOptions {
  readonly rocketChat?: RocketChatSandboxOptions
  readonly config?: Partial<Config>
  /** In place of the sandbox's own token. */
  readonly authToken?: string
  readonly log?: Logger
}

/** Opens it all; everything is closed when the test is over. */
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
  const by =
    (headers: Readonly<Record<string, string>>): AskAs =>
    async (document, variables) => {
      const answer = await sendOperation(gateway.url, document, variables, headers)
      expectNoToken(answer, [authToken, ...workspace.rooms().map(({ v }) => v.token)])
      return answer
    }
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  return {
    url: gateway.url,
    rocketChat,
    workspace,
    ada,
    asOperator: by(asOperator),
    asVisitor: (token) => by(asVisitor(token)),
    openRoomFor(name, plan = {}) {
      const { token } = workspace.createVisitor({ name })
      return workspace.openRoom({ token, agentId: ada._id, ...plan })
    },
    async countRequests(question) {
      rocketChat.clearCalls()
      await question()
      const counted = Object.entries(rocketChat.counts())
      return Object.fromEntries(
        counted.map(([route, count]) => [route.replace(/^\w+ \/api\/v1\//, ''), count]),
      )
    },
  }
}
