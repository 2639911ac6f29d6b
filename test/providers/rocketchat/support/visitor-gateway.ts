import { asVisitor } from '../../../support/test-gateway.ts'
import {
  type Ask,
  openRocketChatGateway,
  type RocketChatGateway,
  type RocketChatGatewayOptions,
  roomIdOf,
} from './rocketchat-gateway.ts'
import { Send } from './visitor-documents.ts'

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

/** A gateway for a Rocket.Chat without service account, with the visitor Vera in a room with Ada. */
export interface VisitorGateway extends RocketChatGateway {
  readonly vera: TestVisitor
  /** Adds another visitor, in a room with Ada. */
  addVisitor(name: string): TestVisitor
}

/** Opens the gateway and its sandbox. They are closed at the end of the test. */
export async function openVisitorGateway(
  options: Omit<RocketChatGatewayOptions, 'hasServiceAccount' | 'authToken'> = {},
): Promise<VisitorGateway> {
  const gateway = await openRocketChatGateway(options)
  const { workspace, ada } = gateway
  const addVisitor = (name: string): TestVisitor => {
    const { token } = workspace.createVisitor({ name })
    const { _id: rid } = workspace.openRoom({ token, agentId: ada._id })
    const roomId = roomIdOf(rid)
    const ask = gateway.askWith(asVisitor(token))
    const send = async (text: string, idempotencyKey: string | null = null) => {
      const { data } = await ask(Send, { input: { roomId, text, idempotencyKey } })
      if (data?.sendMessage.__typename === 'SendMessagePayload') return data.sendMessage.message
      throw new Error(`the message was not sent: ${JSON.stringify(data)}`)
    }
    return { token, rid, roomId, ask, send }
  }
  return { ...gateway, vera: addVisitor('Vera Visitor'), addVisitor }
}
