import type { Message as MessageModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'
import { MessageKindType, MessageStateType, MessageVisibilityType } from '../enums.ts'
import { Node } from '../node.ts'
import { Attachment, Participant } from '../room/participant.ts'
import { Room } from '../room/room.ts'

export const Message = builder.objectRef<MessageModel>('Message')

Message.implement({
  description: 'One message of a room.',
  interfaces: [Node],
  fields: (t) => ({
    nativeId: t.string({ description: 'The provider’s own id.', resolve: ({ ref }) => ref.messageId }),
    room: t.field({
      type: Room,
      description: 'The room it is in. Costs no call where only ids are asked of it.',
      resolve: ({ provider, ref }) => ({ type: 'RoomHandle', provider, nativeId: ref.roomId }) as const,
    }),
    kind: t.field({ type: MessageKindType, description: 'What it is made of.', resolve: ({ kind }) => kind }),
    text: t.exposeString('text', { description: 'Plain text; empty for a deleted message.' }),
    author: t.field({
      type: Participant,
      nullable: true,
      description: 'Who wrote it; null for what the provider itself says.',
      resolve: ({ author }) => author,
    }),
    visibility: t.field({
      type: MessageVisibilityType,
      description: 'Who may read it.',
      resolve: ({ visibility }) => visibility,
    }),
    state: t.field({
      type: MessageStateType,
      description: 'What became of it since it was sent.',
      resolve: ({ state }) => state,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the provider took it in.',
      resolve: ({ createdAt }) => createdAt,
    }),
    editedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last edited or deleted, where the provider tells.',
      resolve: ({ editedAt }) => editedAt,
    }),
    editedBy: t.field({
      type: Participant,
      nullable: true,
      description: 'Who did that.',
      resolve: ({ editedBy }) => editedBy,
    }),
    attachments: t.field({
      type: [Attachment],
      description: 'Its files and pictures.',
      resolve: ({ attachments }) => attachments,
    }),
  }),
})
