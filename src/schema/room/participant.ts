import type { Attachment as AttachmentModel, Participant as ParticipantModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'
import { ParticipantRoleType } from '../enums.ts'

export const Participant = builder.objectRef<ParticipantModel>('Participant').implement({
  description: 'Somebody in a room, as far as the provider tells.',
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', { description: 'The provider’s own id.' }),
    name: t.exposeString('name', { nullable: true, description: 'The name to show.' }),
    email: t.exposeString('email', { nullable: true, description: 'Where the provider tells it.' }),
    avatarUrl: t.exposeString('avatarUrl', { nullable: true, description: 'Where the provider tells it.' }),
    role: t.field({
      type: ParticipantRoleType,
      description: 'What this somebody is in the room.',
      resolve: ({ role }) => role,
    }),
  }),
})

export const Attachment = builder.objectRef<AttachmentModel>('Attachment').implement({
  description: 'A file or picture on a message.',
  fields: (t) => ({
    url: t.exposeString('url', { nullable: true, description: 'An http(s) address at the provider.' }),
    name: t.exposeString('name', { nullable: true, description: 'The file’s name or title.' }),
    contentType: t.exposeString('contentType', { nullable: true, description: 'MIME type.' }),
    size: t.exposeInt('size', { nullable: true, description: 'Bytes.' }),
  }),
})
