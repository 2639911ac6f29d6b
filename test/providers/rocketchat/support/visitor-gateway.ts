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

/** Asks the gateway; fails the test where the answer shows any visitor's token. */
export type Ask = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<OperationResult<Data>>

/** A visitor with an open room of their own. */
export interface TestVisitor {
  readonly token: string
  /** The room's id at the server. */
  readonly rid: string
  /** The room's global id. */
  readonly roomId: string
  readonly ask: Ask
  /** Says something that must arrive; gives the ids of the message. */
  send(text: string, idempotencyKey?: string): Promise<{ readonly id: string; readonly nativeId: string }>
}

/** A gateway before a Rocket.Chat where Ada answers and Vera is in a room. */
export interface VisitorGateway extends TestGateway {
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  readonly vera: TestVisitor
  /** One more visitor, in a room with Ada. */
  addVisitor(name: string): TestVisitor
  /** Who asks with these headers. */
  askWith(headers: Readonly<Record<string, string>>): Ask
}

/** Opens it all; everything is closed when the test is over. */
export async function openVisitorGateway(options: TestGatewayOptions = {}): Promise<VisitorGateway> {
  const world = await createTestGateway(options)
  const { workspace } = world.rocketChat
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  const by =
    (headers: Readonly<Record<string, string>>): Ask =>
    async (document, variables) => {
      const answer = await sendOperation(world.url, document, variables, headers)
      expectNoToken(answer, [...workspace.rooms().map(({ v }) => v.token), ...Object.values(headers)])
      return answer
    }
  const enter = (name: string): TestVisitor => {
    const { token } = workspace.createVisitor({ name })
    const { _id: rid } = workspace.openRoom({ token, agentId: ada._id })
    const roomId = roomIdOf(rid)
    const asking = by(asVisitor(token))
    const say = async (text: string, idempotencyKey: string | null = null) => {
      const { data } = await asking(Send, { input: { roomId, text, idempotencyKey } })
      if (data?.sendMessage.__typename === 'SendMessagePayload') return data.sendMessage.message
      throw new Error(`it was not sent: ${JSON.stringify(data)}`)
    }
    return { token, rid, roomId, ask: asking, send: say }
  }
  return { ...world, workspace, ada, vera: enter('Vera Visitor'), addVisitor: enter, askWith: by }
}

/** Holds an answer to showing no token, neither as it is nor inside an id or a cursor. */
export function expectNoToken(answer: unknown, tokens: readonly string[]): void {
  const shown = JSON.stringify(answer)
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

/** The global id of a message said to be in that room. */
export function messageIdOf(rid: string, messageId: string): string {
  return encodeId({
    type: 'Message',
    provider: 'rocketchat',
    ref: { roomId: rid, threadId: null, messageId },
  })
}

/** The global id of the provider. */
export const PROVIDER_ID = encodeId({ type: 'Provider', provider: 'rocketchat' })

/** What the visitor and the agents said in a room, oldest first: no system messages, nothing hidden. */
export function visibleTexts(workspace: WorkspaceControl, rid: string): string[] {
  return workspace
    .messages(rid)
    .filter(({ t, _hidden }) => t === undefined && !_hidden)
    .map(({ msg }) => msg)
}
