export { apiFaults } from './api-error.ts'
export { type ClassicErrorForm, htmlServerError } from './classic/errors.ts'
export { type FormLabels, formLabels } from './classic/form-labels.ts'
export type {
  OfflineMessageDraft,
  OfflineMessageItem,
  StoredOfflineMessage,
} from './classic/offline-message.ts'
export type { OfflineMessageOrder } from './classic/offline-message-store.ts'
export type { ChatControl, ChatMessageInput, NewChat, NewCustomer } from './control/chat-control.ts'
export type { TokenControl, TokenRequest } from './control/token-control.ts'
export type { Team, Ticket, TicketDraft } from './helpdesk/ticket-store.ts'
export type { StartInterval } from './interval.ts'
export { type LiveChatSandbox, startLiveChatSandbox } from './livechat-sandbox.ts'
export {
  DEFAULT_API_KEY,
  DEFAULT_LOGIN,
  type LiveChatCredentials,
  type LiveChatSandboxOptions,
} from './options.ts'
export { type DisconnectReason, disconnectReasons } from './rtm/disconnect-reasons.ts'
export { loginErrors, type RtmError } from './rtm/frames.ts'
export type { RtmControl } from './rtm/rtm-server.ts'
export { ALL_SCOPES } from './scopes.ts'
export { webhookActions } from './store/chat-changes.ts'
export type { Agent, Chat, Customer, StoredEvent, Thread } from './store/model.ts'
export {
  formatTimestamp,
  type MicrosTimestamp,
  parseTimestamp,
} from './store/timestamps.ts'
export type { LiveChatSwitches } from './switches.ts'
export type { StartTimeout } from './timeout.ts'
export type { LiveChatWebhooks } from './webhooks/sender.ts'
