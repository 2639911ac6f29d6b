import { expect, onTestFinished } from 'vitest'
import {
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  startRocketChatSandbox,
} from '../../../../sandbox/rocketchat/index.ts'
import type { CallContext, ChatAdapter } from '../../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../../src/domain/caller.ts'
import type { Message } from '../../../../src/domain/model.ts'
import type { ProviderPush, PushSubscription } from '../../../../src/domain/push.ts'
import { createVisitorTokenOwners } from '../../../../src/providers/adapter-factory.ts'
import type { AgentCredentials } from '../../../../src/providers/definition.ts'
import { createConnections } from '../../../../src/providers/rocketchat/connections.ts'
import { createPush, type RocketChatPush } from '../../../../src/providers/rocketchat/push/create-push.ts'
import { VisitorTokenVerification } from '../../../../src/providers/shared/visitor-token-verification.ts'
import type { PushSocketTimes } from '../../../../src/upstream/push-socket.ts'
import { createAdapterWithoutStore } from '../../../support/adapter-without-store.ts'
import { silentLog } from '../../../support/log.ts'
import { pushSocketOptions } from '../../../support/push-socket-options.ts'
import { type RecordedPush, recordPush } from '../../../support/recorded-push.ts'
import { rocketChatConfig } from '../../../support/test-gateway.ts'

export const operator = createOperatorCaller('tester')
export const callAs = (caller: Caller): CallContext => ({
  caller,
  signal: new AbortController().signal,
  log: silentLog,
})

/** An adapter with push at an empty sandbox. Both are closed at the end of the test. */
export interface OpenPush {
  readonly sandbox: RocketChatSandbox
  readonly adapter: ChatAdapter
  readonly push: ProviderPush
}

export interface OpenPushOptions {
  readonly sandbox?: RocketChatSandboxOptions
  /** Whether there is a service account; true by default. */
  readonly hasAccount?: boolean
  readonly agentCredentials?: (sandbox: RocketChatSandbox) => AgentCredentials
}

export async function openPush(options: OpenPushOptions = {}): Promise<OpenPush> {
  const { hasAccount = true, agentCredentials } = options
  const sandbox = await startRocketChatSandbox({ seed: false, ...options.sandbox })
  const config = {
    ...rocketChatConfig(sandbox.url),
    push: true,
    ...(hasAccount && { serviceAccount: sandbox.workspace.serviceAccount() }),
  } as const
  const adapter = createAdapterWithoutStore(config, 2_000, agentCredentials?.(sandbox))
  onTestFinished(async () => {
    await adapter.close()
    await sandbox.close()
  })
  const { push } = adapter
  if (!push) throw new Error('the adapter has no push')
  return { sandbox, adapter, push }
}

/** The push of a sandbox without its adapter, whose sockets have other times: they reconnect at once unless said otherwise. */
export async function openPushAlone(
  times: Partial<PushSocketTimes> = {},
  sandboxOptions: RocketChatSandboxOptions = {},
): Promise<{ readonly sandbox: RocketChatSandbox; readonly push: RocketChatPush }> {
  const sandbox = await startRocketChatSandbox({ seed: false, ...sandboxOptions })
  const serviceAccount = sandbox.workspace.serviceAccount()
  const config = { ...rocketChatConfig(sandbox.url), serviceAccount }
  const agentCredentials = new Map()
  const accountTokens = createVisitorTokenOwners([config]).forAccount(config.name)
  const connections = createConnections(config, {
    idempotentWrites: { run: () => Promise.reject(new Error('nothing is written')) },
    visitorSecret: Buffer.alloc(32),
    accountTokens,
    upstream: { timeoutMs: 2_000 },
    agentCredentials,
    log: silentLog,
    pushSocketOptions: pushSocketOptions(),
  })
  const push = createPush({
    origin: { provider: config.name, url: config.url },
    serviceAccount,
    agent: connections.agent,
    agentCredentials,
    accountTokens,
    tokens: new VisitorTokenVerification(),
    log: silentLog,
    socketOptions: pushSocketOptions({ firstReconnectMs: 5, maxReconnectMs: 20, ...times }),
  })
  onTestFinished(async () => {
    push.close()
    await connections.close()
    await sandbox.close()
  })
  return { sandbox, push }
}

/** A room of a visitor with an agent. */
export interface VisitorRoom {
  readonly rid: string
  readonly token: string
  readonly agentId: string
  readonly visitor: Extract<Caller, { role: 'VISITOR' }>
}

let visitors = 0

/** Opens a room of a new visitor, served by a new agent. */
export function openRoom({ workspace }: RocketChatSandbox): VisitorRoom {
  visitors += 1
  const token = `secret-of-visitor-${visitors}`
  const { _id: agentId } = workspace.createAgent({ name: `Agent ${visitors}` })
  workspace.createVisitor({ token, name: `Visitor ${visitors}` })
  const { _id: rid } = workspace.openRoom({ token, agentId })
  return { rid, token, agentId, visitor: { role: 'VISITOR', token } }
}

/** A subscription, and what its receiver was told. */
export interface Subscribed extends RecordedPush {
  readonly subscription: PushSubscription
}

/** Subscribes to a room. Closed at the end of the test. */
export function subscribeToRoom(push: ProviderPush, rid: string, caller: Caller): Subscribed {
  const recorded = recordPush()
  const subscription = push.subscribeToRoom(rid, caller, recorded.receiver)
  onTestFinished(() => subscription.close())
  return { ...recorded, subscription }
}

/** Subscribes to a room and waits until it is live. */
export async function subscribeToLiveRoom(
  push: ProviderPush,
  rid: string,
  caller: Caller,
): Promise<Subscribed> {
  const subscribed = subscribeToRoom(push, rid, caller)
  await subscribed.expectNext('Live')
  return subscribed
}

/** Subscribes to the signals of a room and waits until they are live. */
export async function subscribeToLiveSignals(
  push: ProviderPush,
  rid: string,
  caller: Caller,
): Promise<Subscribed> {
  const recorded = recordPush()
  const subscription = push.subscribeToSignals(rid, caller, recorded.receiver)
  onTestFinished(() => subscription.close())
  await recorded.expectNext('Live')
  return { ...recorded, subscription }
}

/** The newest message of a room as the caller reads it. */
export async function readNewest(adapter: ChatAdapter, rid: string, caller: Caller): Promise<Message> {
  const { messages } = await adapter.readRecentMessages(rid, null, callAs(caller))
  return messages.at(-1) ?? expect.fail('the room has no message')
}
