import type { Participant as ParticipantModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'

const ParticipantRoleType = builder.enumType('ParticipantRole', {
  description: 'Role of a participant in a room.',
  values: {
    VISITOR: { description: 'The visitor who started the conversation.' },
    AGENT: { description: 'An agent of the provider’s account.' },
    BOT: { description: 'A program that writes as an agent.' },
    SYSTEM: { description: 'The provider itself.' },
    UNKNOWN: { description: 'The provider does not report the role.' },
  } as const,
})

export const Participant = builder.objectRef<ParticipantModel>('Participant').implement({
  description: 'A person or program in a room, with the details that the provider reports to the caller.',
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', { description: 'The provider’s id of the participant.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Display name; null if the provider does not report one.',
    }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'E-mail address; null if the provider does not report it to this caller.',
    }),
    avatarUrl: t.exposeString('avatarUrl', {
      nullable: true,
      description: 'Address of the avatar image; null if the provider does not report one.',
    }),
    role: t.expose('role', {
      type: ParticipantRoleType,
      description: 'Role of the participant in the room.',
    }),
  }),
})
