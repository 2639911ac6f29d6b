import { expect } from 'vitest'
import type { Agent, WorkspaceControl } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import type { TypedDocumentString } from '../../../generated/graphql.ts'
import { type OperationResult, sendOperation } from '../../../support/graphql-client.ts'
import {
  asVisitor,
  createTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../../../support/test-gateway.ts'
import { Send } from './visitor-documents.ts'

/** Sends an operation to the gateway. Fails the test if the result contains a visitor token. */
export type Ask = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<OperationResult<Data>>

/** A visitor with an open room. */
export interface TestVisitor {
  readonly token: string
  /** The room's id at the server. */
  readonly rid: string
  /** The room's global id. */
  readonly roomId: string
  readonly ask: Ask
  /** Sends a message, which must succeed, and returns its ids. */
  send(text: string, idempotencyKey?: string): Promise<{ readonly id: string; readonly nativeId: string }>
}

/** A gateway for a Rocket.Chat without service account, with the agent Ada and the visitor Vera in a room. */
export interface VisitorGateway extends TestGateway {
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  readonly vera: TestVisitor
  /** Adds another visitor, in a room with Ada. */
  addVisitor(name: string): TestVisitor
  /** Sends operations with these headers. */
  askWith(headers: Readonly<Record<string, string>>): Ask
}

/** Opens the gateway and its sandboxes. They are closed at the end of the test. */
export async function openVisitorGateway(options: TestGatewayOptions = {}): Promise<VisitorGateway> {
  const gateway = await createTestGateway(options)
  const { workspace } = gateway.rocketChat
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  const askWith =
    (headers: Readonly<Record<string, string>>): Ask =>
    async (document, variables) => {
      const result = await sendOperation(gateway.url, document, variables, headers)
      expectNoToken(result, [...workspace.rooms().map(({ v }) => v.token), ...Object.values(headers)])
      return result
    }
  const addVisitor = (name: string): TestVisitor => {
    const { token } = workspace.createVisitor({ name })
    const { _id: rid } = workspace.openRoom({ token, agentId: ada._id })
    const roomId = roomIdOf(rid)
    const ask = askWith(asVisitor(token))
    const send = async (text: string, idempotencyKey: string | null = null) => {
      const { data } = await ask(Send, { input: { roomId, text, idempotencyKey } })
      if (data?.sendMessage.__typename === 'SendMessagePayload') return data.sendMessage.message
      throw new Error(`the message was not sent: ${JSON.stringify(data)}`)
    }
    return { token, rid, roomId, ask, send }
  }
  return { ...gateway, workspace, ada, vera: addVisitor('Vera Visitor'), addVisitor, askWith }
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

/** The global id of the provider. */
export const PROVIDER_ID = encodeId({ type: 'Provider', provider: 'rocketchat' })

/** Texts of a room's messages by visitors and agents, oldest first, without hidden messages. */
export function visibleTexts(workspace: WorkspaceControl, rid: string): string[] {
  return workspace
    .messages(rid)
    .filter(({ t, _hidden }) => t === undefined && !_hidden)
    .map(({ msg }) => msg)
}
