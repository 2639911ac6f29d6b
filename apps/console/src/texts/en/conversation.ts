import type { SystemEventKind } from '../../../generated/graphql.ts'
import { plural } from './general.ts'

type NamedEvents = Readonly<Record<Exclude<SystemEventKind, 'OTHER'>, (name: string) => string>>
type UnnamedEvents = Readonly<Record<Exclude<SystemEventKind, 'OTHER'>, string>>

const eventsBy: NamedEvents = {
  JOINED: (name) => `${name} joined`,
  LEFT: (name) => `${name} left`,
  TRANSFERRED: (name) => `${name} transferred the conversation`,
  QUEUED: (name) => `${name} returned the conversation to the queue`,
  CLOSED: (name) => `${name} closed the conversation`,
  REOPENED: (name) => `${name} reopened the conversation`,
  RATED: (name) => `${name} rated the conversation`,
  TAGGED: (name) => `${name} changed the tags`,
}

const events: UnnamedEvents = {
  JOINED: 'Somebody joined',
  LEFT: 'Somebody left',
  TRANSFERRED: 'The conversation was transferred',
  QUEUED: 'The conversation was returned to the queue',
  CLOSED: 'The conversation was closed',
  REOPENED: 'The conversation was reopened',
  RATED: 'The conversation was rated',
  TAGGED: 'The tags were changed',
}

/** The messages of a conversation, and what the operator writes in it. */
export const conversation = {
  eventsBy,
  events,
  closedWith: (event: string, comment: string) => `${event}: “${comment}”`,
  newMessages: 'New messages',
  newBelow: (count: number) => plural(count, { one: '1 new message', other: `${count} new messages` }),
  toNewest: 'To the newest message',
  loadingEarlier: 'Loading earlier messages…',
  beginning: 'The conversation begins here.',
  editedAt: (time: string) => `Edited: ${time}`,
  note: 'Only agents see this',
  seen: (time: string) => `Seen ${time}`,
  missedUntil: (time: string) =>
    `Updates were missed. The conversation was read again at ${time}: it is complete now.`,
  dismiss: 'Dismiss',
  noAnswer: 'no answer',
  replyMode: 'Reply',
  noteMode: 'Note',
  composerMode: 'What to write',
  noteLabel: 'Note for agents',
  noteHint: 'Only agents see this. Enter saves it',
  saveNote: 'Add note',
  sendAgainSafely: 'No answer came. Send it again: it arrives once in any case.',
  sending: 'Sending…',
  attach: 'Attach files',
  attachments: 'Files to send',
  drop: 'Drop files here to send them to the visitor',
  noFiles: 'Files cannot be sent here.',
  noFilesInNotes: 'Files go to the visitor. Switch to the reply to send one.',
  removeFile: (name: string) => `Remove ${name}`,
  cancelFile: (name: string) => `Cancel ${name}`,
  fileNotSent: 'The file was not sent.',
  unreachable: 'The gateway cannot be reached.',
  download: 'Download',
  openPicture: (name: string) => `Open the picture ${name}`,
  pictureUnreadable: 'The picture cannot be read.',
  tryAgain: 'Try again',
  closePicture: 'Close the picture',
  draftLeft: 'Your draft was not sent:',
  discardDraft: 'Discard it',
  replyShortcut: 'Write a reply',
  noteShortcut: 'Write a note',
}
