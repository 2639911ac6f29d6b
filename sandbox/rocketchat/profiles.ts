/** The Rocket.Chat releases the sandbox can pretend to be, as the `profile` option names them. */
export type ProfileName = '0.70' | '4.x' | '6.3' | '6.13' | '7.13' | '8.8' | '9.0'

/** The response to a second send with a used `_id`: see the table in docs/providers/rocketchat.md 1.1. */
export type DuplicateResponse = 'mongo-error' | 'empty-failure' | 'type-error' | 'stored-message'

/** An event that shows who is typing: the older one has a boolean, the newer one a list of activities. */
export type TypingEvent = 'typing' | 'user-activity'

/** Every difference between releases that a client can see, one field each (docs/providers/rocketchat.md 9). */
export interface Profile {
  readonly name: ProfileName
  /** The version that `/api/info` shows to an anonymous caller: newer releases leave out the patch number. */
  readonly announcedVersion: string
  /** 4.x and older: bare error codes, whole error objects, and `Match error:` in place of the validators. */
  readonly legacy: boolean
  /** Routes that have moved to the typed router: no `[invalid-params]` suffix, and validation before the limiter. */
  readonly typedRoutes: 'none' | 'config' | 'all'
  readonly duplicateId: DuplicateResponse
  /** GET `livechat/message/:_id`: missing at first, then reading any room's message, then only the room's own. */
  readonly getMessage: 'absent' | 'any-room' | 'own-room'
  /** 0.70 answers a send or an edit with five fields, later releases with the stored document. */
  readonly sendAnswer: 'five-fields' | 'document'
  /** Issue #13733: a send into a closed room silently opened a new one. */
  readonly sendToClosedRoom: 'opens-room' | 'refused'
  /** `firstUnread` and `unreadNotLoaded` beside the history's messages. */
  readonly historyUnread: boolean
  readonly historyOffset: boolean
  /** `department` and `host` of an offline message; 0.70 takes exactly three fields. */
  readonly offlineExtras: boolean
  /** The tighter rules of offline.message, GET room and POST visitor. */
  readonly ownLimits: boolean
  /** Whether a visitor's document names the room that was opened last. */
  readonly lastChat: boolean
  /** Whether a new room gets a `livechat-started` message. */
  readonly startedMessage: boolean
  /**
   * `open=true` lists rooms with an agent only, and `queued` those without one; before, there is no `queued` (PR
   * #32800).
   */
  readonly queuedFilter: boolean
  /** Whether the agent of `inquiries.take` needs `view-l-room` itself. */
  readonly takerNeedsPermission: boolean
  /** Whether `inquiries.returnAsInquiry` exists (PR #36973). */
  readonly returnAsInquiry: boolean
  /** Edits of removed messages and to blank text are refused. */
  readonly editGuards: boolean
  /** Whether `Omnichannel_allow_visitors_to_close_conversation` has an effect. */
  readonly visitorCloseSetting: boolean
  /** POST `livechat/messages` with an unknown token: 6.x and 7.x fail on a shadowed variable. */
  readonly unknownBotVisitor: 'registered' | 'refused'
  /** A visitor cannot get a second open room, even in a race (PR #39087). */
  readonly oneOpenRoom: boolean
  /** `filesUpload[]` beside `fileUpload`. */
  readonly filesUpload: boolean
  /** `type`, `next` and `previous` of chat.syncMessages; without them `lastUpdate` is required. */
  readonly syncCursor: boolean
  /** The tighter rule of chat.sendMessage: five in a second. */
  readonly sendLimit: boolean
  /** The tighter rule of livechat/transcript. */
  readonly transcriptLimit: boolean
  /** Query validators coerce a scalar to a one-item array and back. */
  readonly arrayCoercion: boolean
  /** Status of coded authorization errors, `error-not-allowed` and its like (PR #43214). */
  readonly notAllowedStatus: 400 | 403
  /** Which webhooks are sent again: older releases retry any that got no 200, newer ones those that may pass. */
  readonly webhookRetries: 'any' | 'transient'
  /** Agents upload by `rooms.media` and `rooms.mediaConfirm`. */
  readonly mediaUpload: boolean
  /** Agents upload by `rooms.upload`, one call. */
  readonly roomsUpload: boolean
  /**
   * How a visitor's upload is refused: by `reason`, or by the coded errors of the streamed upload. Which release changed
   * it is not known; here it is the newest.
   */
  readonly uploadErrors: 'reason' | 'coded'
  /** 401 without `status` and `message`. */
  readonly slimUnauthorized: boolean
  /**
   * Whether a visitor subscribes to the messages of an open room only. Which release changed it is not known; here it is
   * 8.8.
   */
  readonly streamNeedsOpenRoom: boolean
  /** Whether `stream-notify-room` is for users in the room, or for all who can access it. */
  readonly notificationsNeedMembership: boolean
  /** The events of `stream-notify-room` that show who is typing. */
  readonly typingEvents: readonly TypingEvent[]
}

const first: Profile = {
  name: '0.70',
  announcedVersion: '0.70.0',
  legacy: true,
  typedRoutes: 'none',
  duplicateId: 'mongo-error',
  getMessage: 'absent',
  sendAnswer: 'five-fields',
  sendToClosedRoom: 'opens-room',
  historyUnread: true,
  historyOffset: false,
  offlineExtras: false,
  ownLimits: false,
  lastChat: false,
  startedMessage: false,
  queuedFilter: false,
  takerNeedsPermission: true,
  returnAsInquiry: false,
  editGuards: false,
  visitorCloseSetting: false,
  unknownBotVisitor: 'registered',
  oneOpenRoom: false,
  filesUpload: false,
  syncCursor: false,
  sendLimit: false,
  transcriptLimit: false,
  arrayCoercion: false,
  notAllowedStatus: 400,
  webhookRetries: 'any',
  slimUnauthorized: false,
  mediaUpload: false,
  roomsUpload: true,
  uploadErrors: 'reason',
  streamNeedsOpenRoom: false,
  notificationsNeedMembership: true,
  typingEvents: ['typing'],
}

const four: Profile = {
  ...first,
  name: '4.x',
  announcedVersion: '4.8.7',
  duplicateId: 'empty-failure',
  getMessage: 'any-room',
  sendAnswer: 'document',
  sendToClosedRoom: 'refused',
  lastChat: true,
  offlineExtras: true,
  typingEvents: ['typing', 'user-activity'],
}

const earlySix: Profile = {
  ...four,
  name: '6.3',
  announcedVersion: '6.3',
  legacy: false,
  duplicateId: 'type-error',
  historyUnread: false,
  historyOffset: true,
  ownLimits: true,
  startedMessage: true,
  unknownBotVisitor: 'refused',
  notificationsNeedMembership: false,
}

const six: Profile = {
  ...earlySix,
  name: '6.13',
  announcedVersion: '6.13',
  queuedFilter: true,
  mediaUpload: true,
}

const seven: Profile = {
  ...six,
  name: '7.13',
  announcedVersion: '7.13',
  duplicateId: 'stored-message',
  getMessage: 'own-room',
  syncCursor: true,
  returnAsInquiry: true,
  visitorCloseSetting: true,
  webhookRetries: 'transient',
}

const eight: Profile = {
  ...seven,
  name: '8.8',
  announcedVersion: '8.8',
  typedRoutes: 'config',
  takerNeedsPermission: false,
  editGuards: true,
  unknownBotVisitor: 'registered',
  oneOpenRoom: true,
  filesUpload: true,
  sendLimit: true,
  arrayCoercion: true,
  roomsUpload: false,
  streamNeedsOpenRoom: true,
  typingEvents: ['user-activity'],
}

const nine: Profile = {
  ...eight,
  name: '9.0',
  announcedVersion: '9.0',
  // An assumption: which livechat routes 9.0 has moved is not known, so this profile shows the other texts on all of them.
  typedRoutes: 'all',
  transcriptLimit: true,
  notAllowedStatus: 403,
  uploadErrors: 'coded',
  slimUnauthorized: true,
}

/** Each release's behaviour by its name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  '0.70': first,
  '4.x': four,
  '6.3': earlySix,
  '6.13': six,
  '7.13': seven,
  '8.8': eight,
  '9.0': nine,
}
