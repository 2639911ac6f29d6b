import { encodeId } from '../../../src/domain/ids.ts'
import type { MessageRef } from '../../../src/domain/model.ts'
import {
  asOperator,
  asVisitor,
  createTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../../support/test-gateway.ts'

/** The smallest PNG head: enough to tell a file apart. */
export const content = Buffer.from('\u0089PNG\r\n\u001a\n 0123456789', 'latin1')

/** One room at one provider, with the headers of those who may see it, and of a visitor who may not. */
export interface FileRoom {
  readonly provider: 'rocketchat' | 'livechat'
  readonly nativeId: string
  /** The room's global id. */
  readonly id: string
  readonly visitor: Readonly<Record<string, string>>
  readonly stranger: Readonly<Record<string, string>>
  /** The provider sends a message with a file; returns the id of its attachment. */
  receiveFile(file?: { readonly name?: string; readonly type?: string; readonly bytes?: Buffer }): string
  /** A further room of the same provider. */
  readonly otherId: string
}

/** A gateway with one open room at each provider. */
export interface FilesGateway extends TestGateway {
  readonly rooms: readonly FileRoom[]
  /** The address of a path of the gateway. */
  address(path: string): string
}

export { asOperator }
export const providers = ['rocketchat', 'livechat'] as const

/** Starts a gateway as agents and visitors of both providers. */
export async function openFilesGateway(options: TestGatewayOptions = {}): Promise<FilesGateway> {
  const gateway = await createTestGateway({ as: 'agents', ...options })
  return {
    ...gateway,
    rooms: [rocketChatRoom(gateway), liveChatRoom(gateway)],
    address: (path) => new URL(path, gateway.url).href,
  }
}

/** The room at a provider. */
export function roomAt({ rooms }: FilesGateway, provider: FileRoom['provider']): FileRoom {
  const room = rooms.find((each) => each.provider === provider)
  if (!room) throw new Error(`no room at ${provider}`)
  return room
}

/** The global id of an attachment. */
export function attachmentId(provider: string, ref: MessageRef, index = 0): string {
  return encodeId({ type: 'Attachment', provider, ref, index })
}

function rocketChatRoom({ rocketChat: { workspace } }: TestGateway): FileRoom {
  const [token, other] = ['vera-token-4711', 'otto-token-4712']
  workspace.createAgent({ name: 'Ada' })
  workspace.createVisitor({ token })
  workspace.createVisitor({ token: other })
  const { _id: nativeId } = workspace.openRoom({ token })
  const { _id: otherId } = workspace.openRoom({ token: other })
  return {
    provider: 'rocketchat',
    nativeId,
    id: encodeId({ type: 'Room', provider: 'rocketchat', roomId: nativeId }),
    otherId,
    visitor: asVisitor(token),
    stranger: asVisitor(other),
    receiveFile({ name = 'leak.png', type = 'image/png', bytes = content } = {}) {
      const { _id: messageId } = workspace.sendsFile(nativeId, 'agent', { name, type, bytes })
      return attachmentId('rocketchat', { roomId: nativeId, threadId: null, messageId })
    },
  }
}

function liveChatRoom({ liveChat }: TestGateway): FileRoom {
  const { chats, tokens } = liveChat
  const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const other = chats.start({ customer: { name: 'Di' }, say: 'hello' })
  const tokenOf = ({ id }: typeof chat) => asVisitor(tokens.customerToken(chats.customerOf(id).id))
  return {
    provider: 'livechat',
    nativeId: chat.id,
    id: encodeId({ type: 'Room', provider: 'livechat', roomId: chat.id }),
    otherId: other.id,
    visitor: tokenOf(chat),
    stranger: tokenOf(other),
    receiveFile({ name = 'leak.png', type = 'image/png', bytes = content } = {}) {
      const url = liveChat.storeFile({ name, type, bytes })
      const event = chats.agentSends(chat.id, { type: 'file', fields: { name, url, content_type: type } })
      return attachmentId('livechat', {
        roomId: chat.id,
        threadId: chat.threads.at(-1)?.id ?? '',
        messageId: event.id,
      })
    },
  }
}
