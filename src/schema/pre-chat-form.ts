import type {
  PreChatFieldKind,
  PreChatField as PreChatFieldModel,
  PreChatForm as PreChatFormModel,
  PreChatOption as PreChatOptionModel,
} from '../domain/pre-chat-form.ts'
import { builder } from './builder.ts'

const PreChatFieldKindType = builder.enumType('PreChatFieldKind', {
  description: 'How a field of a pre-chat form is shown and answered.',
  values: {
    NAME: { description: 'The visitor’s name. The answer is `name` of `startRoom`.' },
    EMAIL: { description: 'The visitor’s e-mail address. The answer is `email` of `startRoom`.' },
    TEXT: { description: 'One line of text.' },
    LONG_TEXT: { description: 'Text of several lines.' },
    CHOICE: { description: 'One of the options.' },
    MULTIPLE_CHOICE: { description: 'Any number of the options; at least one if the field is required.' },
  } satisfies Record<PreChatFieldKind, object>,
})

const PreChatOption = builder.objectRef<PreChatOptionModel>('PreChatOption').implement({
  description: 'An option of a field that is answered by choice.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value to answer with.' }),
    label: t.exposeString('label', { description: 'The text to show.' }),
  }),
})

const PreChatField = builder.objectRef<PreChatFieldModel>('PreChatField').implement({
  description: 'A field of a pre-chat form.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Key of the field, unique in the form.' }),
    kind: t.expose('kind', { type: PreChatFieldKindType, description: 'How it is shown and answered.' }),
    label: t.exposeString('label', {
      nullable: true,
      description:
        'The question as the provider’s administrator has written it; null where the provider leaves it to the client.',
    }),
    required: t.exposeBoolean('required', {
      description:
        'Whether the provider wants an answer. Its own widget insists on it; `startRoom` does not, unless the provider refuses.',
    }),
    options: t.field({
      type: [PreChatOption],
      description: 'The options to choose from; empty for other kinds.',
      resolve: ({ options }) => options,
    }),
  }),
})

/** The form of a provider or of a department. */
export const PreChatForm = builder.objectRef<PreChatFormModel>('PreChatForm').implement({
  description:
    'What the provider asks visitors before a conversation starts: Rocket.Chat’s registration form, or LiveChat’s pre-chat form. Answers are input of `startRoom`.',
  fields: (t) => ({
    fields: t.field({
      type: [PreChatField],
      description: 'The fields in their order; empty if the provider asks nothing.',
      resolve: ({ fields }) => fields,
    }),
  }),
})
