import type {
  CustomField as CustomFieldModel,
  Participant as ParticipantModel,
  VisitorDetails,
} from '../../domain/model.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'

export const CustomField = builder.objectRef<CustomFieldModel>('CustomField').implement({
  description: 'A field that an account defines.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Name of the field.' }),
    value: t.exposeString('value', { description: 'Value as text.' }),
  }),
})

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
    email: t.string({
      nullable: true,
      description:
        'E-mail address; null if the provider does not report it to this caller. Costs one call per visitor and minute at Rocket.Chat for `Room.visitor`, and is null for other participants there.',
      resolve: async (participant, _args, ctx) =>
        participant.email ?? (await loadDetails(participant, ctx)).email,
    }),
    avatarUrl: t.exposeString('avatarUrl', {
      nullable: true,
      description: 'Address of the avatar image; null if the provider does not report one.',
    }),
    role: t.expose('role', {
      type: ParticipantRoleType,
      description: 'Role of the participant in the room.',
    }),
    phone: t.string({
      nullable: true,
      description:
        'Phone number of `Room.visitor`; null if there is none, and for other participants. Costs one call per visitor and minute at Rocket.Chat, if its room does not contain it.',
      resolve: async (participant, _args, ctx) =>
        participant.phone ?? (await loadDetails(participant, ctx)).phone,
    }),
    customFields: t.field({
      type: [CustomField],
      description:
        'Fields of `Room.visitor`: Rocket.Chat’s visitor data, or LiveChat’s session fields; empty if there are none, and for other participants. Costs one call per visitor and minute at Rocket.Chat, and is empty for visitors there.',
      resolve: async (participant, _args, ctx) => (await loadDetails(participant, ctx)).customFields,
    }),
    seenUpTo: t.expose('seenUpTo', {
      type: 'DateTime',
      nullable: true,
      description:
        'Time up to which a participant of `Room.visitor` or `Room.agents` has seen the room, as of the read of the room; null if the provider does not report it. Only LiveChat does.',
    }),
  }),
})

/** The participant's details, read from the provider if the room's document may lack them and the caller is an operator. */
async function loadDetails(participant: ParticipantModel, ctx: Context): Promise<VisitorDetails> {
  const { detailsProvider: provider, nativeId: visitorId } = participant
  if (provider === undefined || ctx.call.caller.role !== 'OPERATOR') return participant
  return (await ctx.loaders.visitorDetails.load({ provider, visitorId })) ?? participant
}
