import type {
  Attachment as AttachmentModel,
  FormAnswer as FormAnswerModel,
  MessageButton as MessageButtonModel,
  MessageMarkup,
  Message as MessageModel,
} from '../../domain/model.ts'
import { builder } from '../builder.ts'
import { Node } from '../node.ts'
import { computedFromObject, neverChanges } from '../object-reuse.ts'
import { Participant } from '../room/participant.ts'
import { Room } from '../room/room-ref.ts'
import { dependsOnOwnAgent } from '../shared-subscription-option.ts'
import { attachmentId, attachmentUrl } from './attachment-fields.ts'
import { isWrittenByCaller } from './message-authorship.ts'

const MessageKindType = builder.enumType('MessageKind', {
  description: 'Kind of content of a message.',
  values: {
    TEXT: { description: 'Plain text.' },
    FILE: { description: 'One or more files or images.' },
    FORM: { description: 'A form, empty or filled in by the visitor.' },
    RICH: { description: 'Cards, buttons and similar elements.' },
    SYSTEM: {
      description: 'Written by the provider, for example when an agent joins or the room is closed.',
    },
    UNKNOWN: { description: 'A kind that the gateway does not know.' },
  } as const,
})

export const MessageVisibilityType = builder.enumType('MessageVisibility', {
  description: 'Group of callers that can read a message.',
  values: {
    EVERYONE: { description: 'The visitor and all agents.' },
    AGENTS: { description: 'Agents only: visitors never receive it.' },
  } as const,
})

const MessageStateType = builder.enumType('MessageState', {
  description: 'Whether a message was changed after it was sent.',
  values: {
    ACTIVE: { description: 'Unchanged since it was sent.' },
    EDITED: { description: 'Its text was edited.' },
    DELETED: { description: 'Deleted: its text is empty.' },
  } as const,
})

const SystemEventKindType = builder.enumType('SystemEventKind', {
  description: 'Event that a system message reports.',
  values: {
    JOINED: {
      description: 'A participant joined the room: the `author`, if the provider reports it.',
    },
    LEFT: { description: 'A participant left the room, or was removed from it.' },
    TRANSFERRED: { description: 'The room was transferred to another agent or department.' },
    QUEUED: { description: 'The room went back to the queue, because no agent serves it.' },
    CLOSED: { description: 'The room was closed.' },
    REOPENED: {
      description:
        'A closed room was opened again. Today neither provider writes such a message; `roomEvents` reports the room.',
    },
    RATED: { description: 'The visitor rated the room, or changed the rating.' },
    TAGGED: {
      description: 'The tags of the room were changed. Today neither provider writes such a message.',
    },
    OTHER: { description: 'Any other event; `text` is all that the provider says about it.' },
  } as const,
})

const MessageMarkupType = builder.enumType('MessageMarkup', {
  description: 'Markup that the text of a message can contain.',
  values: {
    COMMONMARK: { description: 'Markdown as the CommonMark specification defines it.' },
    ROCKET_CHAT: {
      description:
        'Rocket.Chat’s own markup, which the package `@rocket.chat/message-parser` reads: `*bold*`, `_italic_`, `~strike~`, links, lists, code.',
    },
  } satisfies Record<MessageMarkup, object>,
})

const FormAnswer = builder.objectRef<FormAnswerModel>('FormAnswer').implement({
  description: 'One question of a form, with its answer.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The question; empty if the form has none.' }),
    answer: t.exposeString('answer', {
      nullable: true,
      description: 'The answer, several choices separated by commas; null if there is none.',
    }),
  }),
})

const MessageButton = builder.objectRef<MessageButtonModel>('MessageButton').implement({
  description: 'A button of a rich message.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Text on the button.' }),
    url: t.exposeString('url', {
      nullable: true,
      description:
        'HTTP or HTTPS address that the button opens; null for any other button, which is answered by sending its text.',
    }),
  }),
})

const Attachment = builder.objectRef<AttachmentModel>('Attachment').implement({
  description: 'A file, image or link of a message.',
  ...neverChanges,
  fields: (t) => ({
    id: t.id({
      description:
        'Global id, for `GET /files/<id>`. It is opaque, never changes for the same attachment, and contains no credential.',
      ...computedFromObject,
      resolve: attachmentId,
    }),
    url: t.string({
      description:
        'Address of the file at the gateway, relative to it: `/files/<id>`. Send the same credential there as here. It responds with 404 if `externalUrl` is not null.',
      ...computedFromObject,
      resolve: attachmentUrl,
    }),
    externalUrl: t.exposeString('externalUrl', {
      nullable: true,
      description:
        'HTTP or HTTPS address of content that the provider does not store, for example a picture that a bot links to. The gateway does not fetch it. Null for a file of the provider.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'File name or title; null if the provider reports none.',
    }),
    contentType: t.exposeString('contentType', {
      nullable: true,
      description: 'MIME type; null if the provider does not report it.',
    }),
    size: t.exposeInt('size', {
      nullable: true,
      description: 'Size in bytes; null if the provider does not report it.',
    }),
  }),
})

export const Message = builder.objectRef<MessageModel>('Message').implement({
  description: 'A message in a room.',
  interfaces: [Node],
  ...neverChanges,
  fields: (t) => ({
    nativeId: t.string({
      description: 'The provider’s id of the message.',
      ...computedFromObject,
      resolve: ({ ref }) => ref.messageId,
    }),
    room: t.field({
      type: Room,
      description:
        'Room that contains the message. Costs no call if you select only its ids; its state costs one read.',
      ...computedFromObject,
      resolve: ({ provider, ref }) => ({ type: 'RoomHandle', provider, nativeId: ref.roomId }) as const,
    }),
    kind: t.expose('kind', { type: MessageKindType, description: 'Kind of content.' }),
    text: t.exposeString('text', {
      description:
        'Plain text, with the answers of a form and the titles, texts and buttons of a rich message as lines; empty if the message was deleted. For a system message it is the text that the provider stores, often only a name: see `systemEvent`.',
    }),
    markup: t.expose('markup', {
      type: MessageMarkupType,
      nullable: true,
      description:
        'Markup that `text` can contain; null for plain text. LiveChat marks the messages that have some; at Rocket.Chat every message can, except system messages. Render it without HTML: anybody can write it. Costs no call.',
    }),
    author: t.expose('author', {
      type: Participant,
      nullable: true,
      description: 'Author; null for a message of the provider itself.',
    }),
    isMine: t.boolean({
      description:
        'Whether the caller wrote the message: as the visitor of the room, or as the agent that the operator’s writes appear as (`Viewer.agents`). Operators without an agent of their own write as the service account, so what one of them wrote is `isMine` for all of them. False for system messages, and while the provider does not say which agent that is. Costs no call, except at LiveChat for an operator: one per minute, for all callers together.',
      ...dependsOnOwnAgent,
      resolve: isWrittenByCaller,
    }),
    visibility: t.expose('visibility', {
      type: MessageVisibilityType,
      description: 'Group of callers that can read the message.',
    }),
    state: t.expose('state', {
      type: MessageStateType,
      description: 'Whether the message was edited or deleted.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'Time at which the provider accepted the message.',
    }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Time of the last edit or of the deletion; null if there was none, or if the provider does not report the time.',
    }),
    editedBy: t.expose('editedBy', {
      type: Participant,
      nullable: true,
      description:
        'Participant who edited or deleted the message last; null if nobody did, or if the provider does not report it.',
    }),
    attachments: t.expose('attachments', {
      type: [Attachment],
      description: 'Files and images of the message; empty if it has none.',
    }),
    form: t.expose('form', {
      type: [FormAnswer],
      nullable: true,
      description: 'The answers of a form, in its order; null unless `kind` is FORM. Costs no call.',
    }),
    buttons: t.expose('buttons', {
      type: [MessageButton],
      description: 'Buttons of a rich message; empty if it has none. Costs no call.',
    }),
    systemEvent: t.expose('systemEvent', {
      type: SystemEventKindType,
      nullable: true,
      description: 'What happened; null unless `kind` is SYSTEM. Costs no call.',
    }),
  }),
})
