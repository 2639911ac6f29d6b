import type { Role } from '../../domain/caller.ts'
import { type CapabilityManifest, type CapabilitySupport, unsupported } from '../../domain/capability.ts'
import type { LiveChatConfig } from './settings.ts'

const EVERYBODY: CapabilitySupport = { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], denialReason: '' }
const NO_EDIT = 'LiveChat cannot edit a message: no version of it can.'
const NO_CREDENTIAL = 'Operators’ rooms at LiveChat need LIVECHAT_TOKEN.'
const NO_ORGANIZATION = 'Visitors’ rooms at LiveChat need LIVECHAT_ORGANIZATION_ID.'

/** What a LiveChat licence can do as it is configured, for whom, and what is missing where it cannot. */
export function supportsOf(options: LiveChatConfig) {
  const rooms = roomSupport(options)
  const missing = missingForVisitors(options)
  return {
    LIST_ROOMS: options.credential
      ? { roles: ['OPERATOR'], denialReason: 'Only operators list rooms.' }
      : unsupported(NO_CREDENTIAL),
    READ_MESSAGES: rooms,
    START_ROOM: missing === null ? EVERYBODY : unsupported(missing),
    SEND_MESSAGE: rooms,
    UPDATE_MESSAGE: unsupported(NO_EDIT),
    DELETE_MESSAGE: options.organizationId
      ? {
          roles: ['VISITOR'],
          denialReason: 'LiveChat lets only visitors delete what they wrote, and no agent.',
        }
      : unsupported(`LiveChat lets no agent delete a message. ${NO_ORGANIZATION}`),
    CLOSE_ROOM: rooms,
    SEND_OFFLINE_MESSAGE: sendingOffline(options, missing),
    LIST_OFFLINE_MESSAGES: listingOffline(options),
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
    denialReason: reasons.join(' ') || 'A room is read with a visitor’s token or an operator’s key.',
  }
}

/**
 * Which setting is missing for the gateway to make visitors (docs/providers/livechat.md 5); null where none
 * is.
 */
function missingForVisitors({ credential, oauth, organizationId }: LiveChatConfig): string | null {
  if (!credential) return `A new visitor at LiveChat needs an OAuth token in LIVECHAT_TOKEN.`
  if (credential.type === 'pat') {
    return 'A new visitor at LiveChat needs an OAuth token in LIVECHAT_TOKEN (without LIVECHAT_ACCOUNT_ID): a personal access token makes none.'
  }
  if (!oauth) return 'A new visitor at LiveChat needs LIVECHAT_CLIENT_ID.'
  return organizationId ? null : 'A new visitor at LiveChat needs LIVECHAT_ORGANIZATION_ID.'
}

function sendingOffline(
  { offlineSource, credential }: LiveChatConfig,
  missing: string | null,
): CapabilitySupport {
  if (offlineSource === 'rest_v1') return unsupported('LiveChat’s classic API takes no offline messages.')
  if (offlineSource === 'archives') return missing === null ? EVERYBODY : unsupported(missing)
  return credential ? EVERYBODY : unsupported('HelpDesk’s tickets need LIVECHAT_TOKEN.')
}

function listingOffline({ offlineSource, credential, classic }: LiveChatConfig): CapabilitySupport {
  const able: CapabilitySupport = {
    roles: ['OPERATOR'],
    denialReason: 'Only operators read offline messages.',
  }
  if (offlineSource !== 'rest_v1') {
    return credential ? able : unsupported('LiveChat’s offline messages need LIVECHAT_TOKEN.')
  }
  return classic ? able : unsupported('LiveChat’s offline messages need LIVECHAT_LOGIN and LIVECHAT_API_KEY.')
}
