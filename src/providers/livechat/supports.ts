import type { Role } from '../../domain/caller.ts'
import { type CapabilityManifest, type CapabilitySupport, unsupported } from '../../domain/capability.ts'
import { CREDENTIAL_NEEDED } from '../shared/errors.ts'
import { ONLY_AGENTS_WORK_ON_ROOMS } from '../shared/room-work.ts'
import { type LiveChatConfig, settingNames } from './settings.ts'

const EVERYBODY: CapabilitySupport = { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], denialReason: '' }
const NO_CREDENTIAL = `Operators’ rooms at LiveChat need the setting ${settingNames('token')}.`
const NO_ORGANIZATION = `Visitors’ rooms at LiveChat need the setting ${settingNames('organizationId')}.`

/** Derives from the configuration what the account supports, for which roles, and why it does not support the rest. */
export function supportsOf(config: LiveChatConfig) {
  const rooms = roomSupport(config)
  const roomWork: CapabilitySupport = config.credential
    ? { roles: ['OPERATOR'], denialReason: ONLY_AGENTS_WORK_ON_ROOMS }
    : unsupported(`${ONLY_AGENTS_WORK_ON_ROOMS} ${NO_CREDENTIAL}`)
  const noNewVisitors = customerTokenDenialReason(config, 'A new visitor at LiveChat needs')
  const noRenewals = customerTokenDenialReason(config, 'Renewing a visitor’s token at LiveChat needs')
  return {
    LIST_ROOMS: config.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can list rooms.' }
      : unsupported(NO_CREDENTIAL),
    READ_MESSAGES: rooms,
    START_ROOM: noNewVisitors === null ? EVERYBODY : unsupported(noNewVisitors),
    SEND_MESSAGE: rooms,
    UPDATE_MESSAGE: unsupported('LiveChat cannot edit a message: no version of its API can.'),
    DELETE_MESSAGE: visitorSupport(
      config,
      'At LiveChat only visitors can delete messages, and only their own.',
    ),
    CLOSE_ROOM: rooms,
    TAKE_ROOM: roomWork,
    ASSIGN_ROOM: roomWork,
    TRANSFER_ROOM: roomWork,
    REQUEUE_ROOM: roomWork,
    SET_TAGS: config.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can tag rooms.' }
      : unsupported(NO_CREDENTIAL),
    RATE_ROOM: visitorSupport(config, 'At LiveChat only the visitor can rate a room, with its own token.'),
    REQUEST_TRANSCRIPT: visitorSupport(
      config,
      'At LiveChat only the visitor can request a transcript: the current API has no way for agents.',
    ),
    SEND_NOTE: config.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can write notes.' }
      : unsupported(NO_CREDENTIAL),
    SEND_FILE: rooms,
    SET_TYPING: rooms,
    MARK_SEEN: rooms,
    LIST_AGENTS: config.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can list agents.' }
      : unsupported(`LiveChat’s agents need the setting ${settingNames('token')}.`),
    SET_AGENT_STATUS: config.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can set the status of agents.' }
      : unsupported(`The status of LiveChat’s agents needs the setting ${settingNames('token')}.`),
    RENEW_VISITOR: noRenewals === null ? EVERYBODY : unsupported(noRenewals),
    SEND_OFFLINE_MESSAGE: offlineSendSupport(config, noNewVisitors),
    LIST_OFFLINE_MESSAGES: offlineListSupport(config),
  } satisfies CapabilityManifest
}

function roomSupport({ credential, organizationId }: LiveChatConfig): CapabilitySupport {
  const roles: Role[] = [
    ...(credential ? ['OPERATOR' as const] : []),
    ...(organizationId ? ['VISITOR' as const] : []),
  ]
  const reasons = [...(credential ? [] : [NO_CREDENTIAL]), ...(organizationId ? [] : [NO_ORGANIZATION])]
  return {
    roles,
    denialReason: reasons.join(' ') || CREDENTIAL_NEEDED,
  }
}

/** Support of an operation that only visitors can use. */
function visitorSupport({ organizationId }: LiveChatConfig, denialReason: string) {
  return organizationId
    ? { roles: ['VISITOR' as const], denialReason }
    : unsupported(`${denialReason} ${NO_ORGANIZATION}`)
}

/** Why the gateway cannot issue customer tokens (docs/providers/livechat.md 5), which `needs` begins to say; null if it can. */
function customerTokenDenialReason(
  { credential, oauth, organizationId }: LiveChatConfig,
  needs: string,
): string | null {
  if (!credential) return `${needs} an OAuth token in the setting ${settingNames('token')}.`
  if (credential.type === 'pat') {
    return `${needs} an OAuth token, without the setting ${settingNames('accountId')}: LiveChat issues no customer tokens for a personal access token.`
  }
  if (!oauth) return `${needs} the setting ${settingNames('clientId')}.`
  return organizationId ? null : `${needs} the setting ${settingNames('organizationId')}.`
}

function offlineSendSupport(
  { offlineSource, credential }: LiveChatConfig,
  noNewVisitors: string | null,
): CapabilitySupport {
  if (offlineSource === 'rest_v1') {
    return unsupported('LiveChat’s classic API does not accept offline messages.')
  }
  if (offlineSource === 'archives') return noNewVisitors === null ? EVERYBODY : unsupported(noNewVisitors)
  return credential ? EVERYBODY : unsupported(`HelpDesk’s tickets need the setting ${settingNames('token')}.`)
}

function offlineListSupport({ offlineSource, credential, classic }: LiveChatConfig): CapabilitySupport {
  const supported: CapabilitySupport = {
    roles: ['OPERATOR'],
    denialReason: 'Only operators can read offline messages.',
  }
  if (offlineSource !== 'rest_v1') {
    return credential
      ? supported
      : unsupported(`LiveChat’s offline messages need the setting ${settingNames('token')}.`)
  }
  return classic
    ? supported
    : unsupported(`LiveChat’s offline messages need the settings ${settingNames('login', 'apiKey')}.`)
}
