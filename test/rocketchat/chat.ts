import { expect } from 'vitest'
import { encodeId } from '../../src/chat/ids.ts'
import type { Agent, WorkspaceControl } from '../../src/sandbox/rocketchat/index.ts'
import type { TypedDocumentString } from '../generated/graphql.ts'
import { type Answer, ask } from '../util/client.ts'
import { asVisitor, openWorld, type World, type WorldOptions } from '../util/gateway.ts'
import { Send } from './documents.ts'

/** Asks the gateway; fails the test where the answer shows any visitor's token. */
export type Asking = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<Answer<Data>>

/** A visitor with an open room of their own. */
export interface Guest {
  readonly token: string
  /** The room's id at the server. */
  readonly rid: string
  /** The room's global id. */
  readonly roomId: string
  readonly ask: Asking
  /** Says something that must arrive; gives the ids of the message. */
  say(text: string, idempotencyKey?: string): Promise<{ readonly id: string; readonly nativeId: string }>
}

/** A gateway before a Rocket.Chat where Ada answers and Vera is in a room. */
export interface Chat extends World {
  readonly workspace: WorkspaceControl
  readonly ada: Agent
  readonly vera: Guest
  /** One more visitor, in a room with Ada. */
  enter(name: string): Guest
  /** Who asks with these headers. */
  by(headers: Readonly<Record<string, string>>): Asking
}

/** Opens it all; everything is closed when the test is over. */
export async function openChat(options: WorldOptions = {}): Promise<Chat> {
  const world = await openWorld(options)
  const { workspace } = world.rocketChat
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  const by =
    (headers: Readonly<Record<string, string>>): Asking =>
    async (document, variables) => {
      const answer = await ask(world.url, document, variables, headers)
      expectNoToken(answer, [...workspace.rooms().map(({ v }) => v.token), ...Object.values(headers)])
      return answer
    }
  const enter = (name: string): Guest => {
    const { token } = workspace.createVisitor({ name })
    const { _id: rid } = workspace.openRoom({ token, agentId: ada._id })
    const roomId = roomIdOf(rid)
    const asking = by(asVisitor(token))
    const say = async (text: string, idempotencyKey: string | null = null) => {
      const { data } = await asking(Send, { input: { roomId, text, idempotencyKey } })
      if (data?.sendMessage.__typename === 'SendMessagePayload') return data.sendMessage.message
      throw new Error(`it was not sent: ${JSON.stringify(data)}`)
    }
    return { token, rid, roomId, ask: asking, say }
  }
  return { ...world, workspace, ada, vera: enter('Vera Visitor'), enter, by }
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
export function said(workspace: WorkspaceControl, rid: string): string[] {
  return workspace
    .messages(rid)
    .filter(({ t, _hidden }) => t === undefined && !_hidden)
    .map(({ msg }) => msg)
}
