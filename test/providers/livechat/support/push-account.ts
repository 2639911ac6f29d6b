import { onTestFinished } from 'vitest'
import {
  type Chat,
  type LiveChatSandbox,
  type LiveChatSandboxOptions,
  startLiveChatSandbox,
} from '../../../../sandbox/livechat/index.ts'
import type { LiveChatConfig } from '../../../../src/config/index.ts'
import type { CallContext, ChatAdapter } from '../../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../../src/domain/caller.ts'
import type { ProviderPush, PushSubscription } from '../../../../src/domain/push.ts'
import { createVisitorTokenOwners } from '../../../../src/providers/adapter-factory.ts'
import { Participants } from '../../../../src/providers/livechat/participants.ts'
import {
  LiveChatPush,
  type LiveChatPushDependencies,
} from '../../../../src/providers/livechat/push/livechat-push.ts'
import { createAdapterWithoutStore } from '../../../support/adapter-without-store.ts'
import { silentLog } from '../../../support/log.ts'
import { pushSocketOptions } from '../../../support/push-socket-options.ts'
import { liveChatAgentConfig } from '../../../support/test-gateway.ts'
import { RecordingReceiver } from './push-receiver.ts'

export const operator = createOperatorCaller('tester')

/** An adapter with push at a sandbox. Everything is closed after the test. */
export interface PushAccount {
  readonly sandbox: LiveChatSandbox
  readonly adapter: ChatAdapter
  readonly push: ProviderPush
}

export interface PushAccountOptions {
  readonly push?: 'customers' | 'on'
  readonly sandbox?: LiveChatSandboxOptions
  readonly configure?: (right: LiveChatConfig, sandbox: LiveChatSandbox) => LiveChatConfig
}

export async function openPushAccount(options: PushAccountOptions = {}): Promise<PushAccount> {
  const sandbox = await startLiveChatSandbox({ seed: false, ...options.sandbox })
  onTestFinished(() => sandbox.close())
  return openPushAccountAt(sandbox, options)
}

/** The same at a sandbox that runs already, as another process of the gateway. */
export function openPushAccountAt(
  sandbox: LiveChatSandbox,
  { push: mode = 'on', configure = (right) => right }: PushAccountOptions = {},
): PushAccount {
  const config = configure({ ...liveChatAgentConfig(sandbox), push: mode }, sandbox)
  const adapter = createAdapterWithoutStore(config)
  onTestFinished(() => adapter.close())
  const { push } = adapter
  if (!push) throw new Error('the adapter has no push')
  return { sandbox, adapter, push }
}

/** The push of a sandbox's account, without its adapter: with other limits, times or credentials. */
export async function openPushAlone(
  more: Partial<LiveChatPushDependencies> & Pick<PushAccountOptions, 'sandbox'> = {},
) {
  const { sandbox: sandboxOptions, ...dependencies } = more
  const sandbox = await startLiveChatSandbox({ seed: false, ...sandboxOptions })
  const config = { ...liveChatAgentConfig(sandbox), push: 'on' } as const
  const agent = {
    header: `Bearer ${sandbox.credentials.accessToken}`,
    expiresAt: null,
    renew: async () => false,
  }
  const push = new LiveChatPush(config, {
    participants: new Participants(),
    agent,
    accountTokens: createVisitorTokenOwners([config]).forAccount(config.name),
    isVerified: () => true,
    roomApiFor: () => {
      throw new Error('this push reads nothing')
    },
    log: silentLog,
    socketOptions: pushSocketOptions(),
    ...dependencies,
  })
  onTestFinished(async () => {
    push.close()
    await sandbox.close()
  })
  return { sandbox, push }
}

/** The requests that the gateway sent over RTM, oldest first. */
export function requestsOf({ push }: LiveChatSandbox): readonly RtmRequest[] {
  const received = push.frames.filter(({ direction }) => direction === 'in')
  return received.map(({ text }) => JSON.parse(text))
}

interface RtmRequest {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** The visitor of a chat. */
export function visitorOf(sandbox: LiveChatSandbox, chat: Chat): Extract<Caller, { role: 'VISITOR' }> {
  return { role: 'VISITOR', token: sandbox.tokens.customerToken(sandbox.chats.customerOf(chat.id).id) }
}

export function callAs(caller: Caller): CallContext {
  return { caller, signal: new AbortController().signal, log: silentLog }
}

/** A subscription that is live, with what it received. */
export interface LiveRoom {
  readonly receiver: RecordingReceiver
  readonly subscription: PushSubscription
}

/** Reads a room as the gateway does before it subscribes, subscribes to it, and waits until it is live. */
export function subscribeToRoom(account: PushAccount, chat: Chat, caller: Caller): Promise<LiveRoom> {
  return subscribe(account, chat, caller, account.push.subscribeToRoom)
}

/** The same for the room's signals. */
export function subscribeToSignals(account: PushAccount, chat: Chat, caller: Caller): Promise<LiveRoom> {
  return subscribe(account, chat, caller, account.push.subscribeToSignals)
}

async function subscribe(
  { adapter }: PushAccount,
  chat: Chat,
  caller: Caller,
  start: (roomId: string, caller: Caller, receiver: RecordingReceiver) => PushSubscription,
): Promise<LiveRoom> {
  await adapter.readRecentMessages(chat.id, null, callAs(caller))
  const receiver = new RecordingReceiver()
  const subscription = start(chat.id, caller, receiver)
  await receiver.next('live')
  return { receiver, subscription }
}

/** The message that a read by this caller gives; undefined if it has none by that id. */
export async function readMessage({ adapter }: PushAccount, chat: Chat, caller: Caller, id: string) {
  const { messages } = await adapter.readRecentMessages(chat.id, null, callAs(caller))
  return messages.find(({ ref }) => ref.messageId === id)
}
