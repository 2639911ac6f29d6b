import { onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { LiveChatConfig } from '../../src/config/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { startGateway } from '../../src/gateway.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { fetchData } from '../support/graphql-client.ts'
import { silentLog } from '../support/log.ts'
import {
  asAnonymous,
  asOperator,
  liveChatConfig,
  rocketChatConfig,
  testConfig,
} from '../support/test-gateway.ts'
import { KeyedSend, KeyedStart } from './documents.ts'

export const KEY = '0d4b1c6e-5f0f-4a39-9a2b-7c9d1f6b8e21'

/** Both providers, and the URLs of the gateways on one store. */
export interface Replicas {
  readonly urls: readonly [string, string]
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
}

/** Two gateways on one store with the same providers; everything is closed after the test. */
export async function openReplicas(settings: StoreSettings): Promise<Replicas> {
  // This release opens another room for each of two simultaneous requests.
  const rocketChat = await startRocketChatSandbox({ seed: false, profile: '7.13' })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => void (await Promise.all([rocketChat.close(), liveChat.close()])))
  const providers = [rocketChatConfig(rocketChat.url), asApp(liveChat)]
  const open = async () => {
    const gateway = await startGateway(testConfig(providers, settings), { log: silentLog })
    onTestFinished(() => gateway.close())
    return gateway.url
  }
  return { urls: [await open(), await open()], rocketChat, liveChat }
}

/** The licence as an app reaches it, which can open rooms too. */
export function asApp(liveChat: LiveChatSandbox): LiveChatConfig {
  const { accessToken, clientId, clientSecret, refreshToken, organizationId } = liveChat.credentials
  return {
    ...liveChatConfig(liveChat),
    credential: { type: 'bearer', token: accessToken },
    oauth: { clientId, clientSecret, refreshToken },
    organizationId,
  }
}

/** A chat at LiveChat, with functions to write to it and to read it. */
export function openLiveChatRoom({ liveChat }: Pick<Replicas, 'liveChat'>) {
  const chat = liveChat.chats.start({ say: 'hello' })
  const roomId = encodeId({ type: 'Room', provider: 'livechat', roomId: chat.id })
  const asCustomer = {
    'x-visitor-token': liveChat.tokens.customerToken(liveChat.chats.customerOf(chat.id).id),
  }
  const send = async (url: string, who: 'operator' | 'visitor', text = 'only once', idempotencyKey = KEY) => {
    const headers = who === 'operator' ? asOperator : asCustomer
    const variables = { input: { roomId, text, idempotencyKey } }
    return (await fetchData(url, KeyedSend, variables, headers)).sendMessage
  }
  const said = () =>
    chat.threads.flatMap(({ events }) => events).filter(({ fields }) => fields['text'] === 'only once').length
  return { send, said, roomId }
}

/** Starts a room with the key. */
export async function startRoom(
  url: string,
  provider: string,
  more: { readonly name?: string | null; readonly text?: string | null } = {},
  headers: Readonly<Record<string, string>> = asAnonymous,
) {
  const input = { provider, name: 'Cy', text: 'hello', idempotencyKey: KEY, ...more }
  return (await fetchData(url, KeyedStart, { input }, headers)).startRoom
}

/** Repeats a request while its outcome is unknown. */
export async function untilKnown<T extends { readonly __typename: string }>(
  ask: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer.__typename !== 'OutcomeUnknownError') return answer
  }
}
