import { expect } from 'vitest'
import type {
  Agent,
  RocketChatSandbox,
  RocketChatSandboxOptions,
  WorkspaceControl,
} from '../../../../sandbox/rocketchat/index.ts'
import type { Config } from '../../../../src/config/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import type { GatewayOptions } from '../../../../src/gateway.ts'
import type { TypedDocumentString } from '../../../generated/graphql.ts'
import { type OperationResult, sendOperation } from '../../../support/graphql-client.ts'
import { createTestGateway } from '../../../support/test-gateway.ts'

/** Sends an operation to the gateway. Fails the test if the result contains a secret of the server. */
export type Ask = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<OperationResult<Data>>

export interface RocketChatGatewayOptions {
  readonly rocketChat?: RocketChatSandboxOptions
  readonly config?: Partial<Config>
  readonly gateway?: Partial<GatewayOptions>
  /** Defaults to false. */
  readonly hasServiceAccount?: boolean
  /** Defaults to the token of the sandbox's service account. */
  readonly authToken?: string
}

/** A gateway for one Rocket.Chat with the agent Ada. */
export interface RocketChatGateway {
  readonly url: string
  readonly rocketChat: RocketChatSandbox
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  /** Creates a client that sends these headers. */
  askWith(headers: Readonly<Record<string, string>>): Ask
}

/** Opens the gateway and its sandbox, without rooms. They are closed at the end of the test. */
export async function openRocketChatGateway(
  options: RocketChatGatewayOptions = {},
): Promise<RocketChatGateway> {
  const { hasServiceAccount = false, authToken, ...rest } = options
  const { url, rocketChat } = await createTestGateway({
    ...rest,
    liveChat: null,
    as: hasServiceAccount ? 'agents' : 'visitors',
    configureRocketChat: (config) =>
      config.serviceAccount && authToken !== undefined
        ? { ...config, serviceAccount: { ...config.serviceAccount, authToken } }
        : config,
  })
  const { workspace } = rocketChat
  const secret = authToken ?? workspace.serviceAccount().authToken
  return {
    url,
    rocketChat,
    workspace,
    ada: workspace.createAgent({ name: 'Ada Agent' }),
    askWith: (headers) => async (document, variables) => {
      const result = await sendOperation(url, document, variables, headers)
      const visitorTokens = workspace.rooms().map(({ v }) => v.token)
      expectNoToken(result, [secret, ...visitorTokens, ...Object.values(headers)])
      return result
    },
  }
}

/** Checks that a result contains no token, neither in plain text nor inside an id or a cursor. */
export function expectNoToken(result: unknown, tokens: readonly string[]): void {
  const shown = JSON.stringify(result)
  const decoded = [...shown.matchAll(/"([\w-]{8,})"/g)].map(([, text]) =>
    Buffer.from(text ?? '', 'base64url').toString(),
  )
  for (const token of tokens) {
    expect(shown).not.toContain(token)
    expect(decoded.join('\n')).not.toContain(token)
  }
}

/** The global id of the provider. */
export const PROVIDER_ID = encodeId({ type: 'Provider', provider: 'rocketchat' })

/** The global id of a room, by its id at the server. */
export function roomIdOf(rid: string): string {
  return encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid })
}

/** The global id of a message in a room; the message need not be there. */
export function messageIdOf(rid: string, messageId: string): string {
  return encodeId({
    type: 'Message',
    provider: 'rocketchat',
    ref: { roomId: rid, threadId: null, messageId },
  })
}

/** Texts of a room's messages by visitors and agents, oldest first, without hidden messages. */
export function visibleTexts(workspace: WorkspaceControl, rid: string): string[] {
  return workspace
    .messages(rid)
    .filter(({ t, _hidden }) => t === undefined && !_hidden)
    .map(({ msg }) => msg)
}
