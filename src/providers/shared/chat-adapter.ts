import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import type { Role } from '../../domain/caller.ts'
import {
  type Capability,
  type CapabilitySupport,
  checkCapability,
  type RoomCapability,
  type UnsupportedCapability,
} from '../../domain/capability.ts'
import type { Room } from '../../domain/model.ts'
import { type RoomDenialReasonFinder, roomCapabilitiesOf } from './room-capabilities.ts'
import { unsupportedMethods } from './unsupported-methods.ts'

/** The adapter methods that each capability needs. */
interface CapabilityMethods {
  readonly LIST_ROOMS: 'listRooms' | 'countRooms' | 'readStatistics'
  readonly READ_MESSAGES: 'getRooms' | 'getMessages' | 'listMessages' | 'readRecentMessages' | 'openFile'
  readonly START_ROOM: 'startRoom'
  readonly SEND_MESSAGE: 'sendMessage'
  readonly UPDATE_MESSAGE: 'updateMessage'
  readonly DELETE_MESSAGE: 'deleteMessage'
  readonly CLOSE_ROOM: 'closeRoom'
  readonly TAKE_ROOM: 'takeRoom'
  readonly ASSIGN_ROOM: 'assignRoom'
  readonly TRANSFER_ROOM: 'transferRoom'
  readonly REQUEUE_ROOM: 'requeueRoom'
  readonly SET_TAGS: 'setRoomTags'
  readonly RATE_ROOM: 'rateRoom'
  readonly REQUEST_TRANSCRIPT: 'requestTranscript'
  readonly SEND_NOTE: 'sendMessage'
  readonly SEND_FILE: 'sendFile'
  readonly SET_TYPING: 'setTyping'
  readonly MARK_SEEN: 'markSeen'
  readonly RENEW_VISITOR: 'renewVisitor'
  readonly LIST_AGENTS: 'listAgents' | 'countActiveRooms' | 'findOwnAgentId' | 'findOwnAgent'
  readonly SET_AGENT_STATUS: 'setAgentStatus'
  readonly SEND_OFFLINE_MESSAGE: 'sendOfflineMessage'
  readonly LIST_OFFLINE_MESSAGES: 'getOfflineMessages' | 'listOfflineMessages' | 'countOfflineMessages'
}

/** Who may use a capability, with the methods it takes; or why nobody may, and no methods. */
type CapabilityImplementation<C extends Capability> =
  | (CapabilitySupport & { readonly methods: Pick<ChatAdapter, CapabilityMethods[C]> })
  | (UnsupportedCapability & { readonly methods?: never })

/** One entry per capability. An entry that promises a capability to any role does not compile without its methods. */
export type CapabilityImplementations = {
  readonly [C in Capability]: CapabilityImplementation<C>
}

type CapabilityMethod = CapabilityMethods[Capability]
type DefaultMember = Exclude<keyof ReturnType<typeof unsupportedMethods>, CapabilityMethod>

/** What an adapter says and does apart from its capabilities; a member with a default may be left out. */
export interface AdapterBase
  extends Omit<ChatAdapter, CapabilityMethod | DefaultMember | 'supports' | 'getRoomCapabilities'>,
    Partial<Pick<ChatAdapter, DefaultMember>> {
  /** What the provider allows to nobody in a closed room. */
  readonly deniedInClosedRooms: readonly RoomCapability['capability'][]
  /** Why the provider denies a capability in an open room, as far as is known of the room and the caller's agent; null if it does not. */
  readonly findDenialReason?: RoomDenialReasonFinder
}

/** Creates an adapter whose manifest is what it implements. Methods of capabilities that no role has throw UNSUPPORTED. */
export function createChatAdapter(
  { deniedInClosedRooms, findDenialReason = () => null, ...base }: AdapterBase,
  capabilities: CapabilityImplementations,
): ChatAdapter {
  const provider = { name: base.name, supports: capabilities }
  const adapter: ChatAdapter = {
    ...unsupportedMethods(base.name),
    ...base,
    supports: capabilities,
    async getRoomCapabilities(room, call) {
      const ownAgentId = await findOwnAgentId(room, call, adapter)
      const rules = { deniedInClosedRooms, findDenialReason, ownAgentId }
      return roomCapabilitiesOf(room, call.caller, provider, rules)
    },
    ...methodsOf(capabilities.LIST_ROOMS),
    ...methodsOf(capabilities.READ_MESSAGES),
    ...methodsOf(capabilities.START_ROOM),
    ...methodsOf(capabilities.SEND_MESSAGE),
    ...methodsOf(capabilities.UPDATE_MESSAGE),
    ...methodsOf(capabilities.DELETE_MESSAGE),
    ...methodsOf(capabilities.CLOSE_ROOM),
    ...methodsOf(capabilities.TAKE_ROOM),
    ...methodsOf(capabilities.ASSIGN_ROOM),
    ...methodsOf(capabilities.TRANSFER_ROOM),
    ...methodsOf(capabilities.REQUEUE_ROOM),
    ...methodsOf(capabilities.SET_TAGS),
    ...methodsOf(capabilities.RATE_ROOM),
    ...methodsOf(capabilities.REQUEST_TRANSCRIPT),
    ...methodsOf(capabilities.SEND_NOTE),
    ...methodsOf(capabilities.SEND_FILE),
    ...methodsOf(capabilities.SET_TYPING),
    ...methodsOf(capabilities.MARK_SEEN),
    ...methodsOf(capabilities.LIST_AGENTS),
    ...methodsOf(capabilities.SET_AGENT_STATUS),
    ...methodsOf(capabilities.RENEW_VISITOR),
    ...methodsOf(capabilities.SEND_OFFLINE_MESSAGE),
    ...methodsOf(capabilities.LIST_OFFLINE_MESSAGES),
  }
  return { ...adapter, sendMessage: refuseNotes(adapter.sendMessage, provider) }
}

/** The caller's own agent, if what it may do in a room depends on it: on who serves the room. Never rejects. */
async function findOwnAgentId(
  { status, agents }: Room,
  call: CallContext,
  adapter: Pick<ChatAdapter, 'findOwnAgentId'>,
): Promise<string | null> {
  if (call.caller.role !== 'OPERATOR' || status === 'CLOSED' || agents.length === 0) return null
  return adapter.findOwnAgentId(call).catch(() => null)
}

/**
 * Wraps `sendMessage`, which also writes messages for everyone: it must never send a note as one of these, for any caller
 * and at any provider.
 */
function refuseNotes(
  sendMessage: ChatAdapter['sendMessage'],
  provider: Parameters<typeof checkCapability>[0],
): ChatAdapter['sendMessage'] {
  return async (draft, call) => {
    const denied = draft.visibility === 'AGENTS' ? checkCapability(provider, 'SEND_NOTE', call.caller) : null
    if (denied) throw denied
    return sendMessage(draft, call)
  }
}

function methodsOf<Methods extends object>({
  roles,
  methods,
}: {
  readonly roles: readonly Role[]
  readonly methods?: Methods
}): Partial<Methods> {
  return methods && roles.length > 0 ? methods : {}
}
