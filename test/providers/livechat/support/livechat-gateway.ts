import type { Chat, LiveChatSandbox, LiveChatSandboxOptions } from '../../../../sandbox/livechat/index.ts'
import type { Config, LiveChatConfig } from '../../../../src/config/index.ts'
import type { Gateway } from '../../../../src/gateway.ts'
import { fetchData } from '../../../support/graphql-client.ts'
import { createLogSink } from '../../../support/log.ts'
import { asOperator, asVisitor, createTestGateway } from '../../../support/test-gateway.ts'
import { Room } from './documents.ts'

export interface LiveChatGatewayOptions {
  readonly sandbox?: LiveChatSandboxOptions
  /** Changes the default configuration: a personal access token, and the organization id. */
  readonly configure?: (right: LiveChatConfig, sandbox: LiveChatSandbox) => LiveChatConfig
  readonly config?: Partial<Config>
}

/** A gateway with one LiveChat account, named `livechat`. Everything is closed after the test. */
export interface LiveChatGateway {
  readonly url: string
  readonly server: Gateway
  readonly liveChat: LiveChatSandbox
  /** The gateway's log, by lines. */
  readonly log: readonly Readonly<Record<string, unknown>>[]
}

export async function openLiveChatGateway(options: LiveChatGatewayOptions = {}): Promise<LiveChatGateway> {
  const { log, lines } = createLogSink('warn')
  const { url, gateway, liveChat } = await createTestGateway({
    rocketChat: null,
    liveChat: options.sandbox ?? {},
    as: 'agents',
    ...(options.configure && { configureLiveChat: options.configure }),
    ...(options.config && { config: options.config }),
    gateway: { log },
  })
  return {
    url,
    server: gateway,
    liveChat,
    get log() {
      return lines.map((line) => JSON.parse(line))
    },
  }
}

/** Configures an app's credential: OAuth with a refresh token. */
export function withOAuth(right: LiveChatConfig, { credentials }: LiveChatSandbox): LiveChatConfig {
  const { accessToken, clientId, clientSecret, refreshToken } = credentials
  const oauth = { clientId, clientSecret, refreshToken }
  return { ...right, credential: { type: 'bearer', token: accessToken }, oauth }
}

/** The headers of the chat's visitor. */
export function asVisitorOf({ liveChat }: Pick<LiveChatGateway, 'liveChat'>, chat: Chat) {
  return asVisitor(liveChat.tokens.customerToken(liveChat.chats.customerOf(chat.id).id))
}

/** The global id of a room. */
export async function roomIdOf({ url }: LiveChatGateway, chat: Chat): Promise<string> {
  const { roomByNativeId } = await fetchData(url, Room, { id: chat.id }, asOperator)
  return roomByNativeId?.id ?? ''
}

/** The names of sandbox routes in request counts. */
export const agentAction = (name: string) => `/v3.6/agent/action/${name}`
export const customerAction = (name: string) => `/v3.6/customer/action/${name}`
export const configurationAction = (name: string) => `/v3.6/configuration/action/${name}`

/** Counts the requests since the last `clearCalls`, by action: `agent/get_chat`. */
export function countRequests({ liveChat }: Pick<LiveChatGateway, 'liveChat'>): Record<string, number> {
  const named = Object.entries(liveChat.counts()).map(([route, count]) => [
    route.replace(/^\w+ \/(v3\.6\/)?/, '').replace('/action/', '/'),
    count,
  ])
  return Object.fromEntries(named)
}

/** A clock that tests advance by hand. The sandbox's timestamps continue from it. */
export function manualClock(start = Date.parse('2026-03-04T05:06:07Z')) {
  let ms = start
  return {
    now: () => ms,
    advance(by: number): void {
      ms += by
    },
  }
}
