import type { ChatAdapter } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'

/**
 * The members that `createChatAdapter` fills in where an adapter has none. Methods of capabilities and departments throw
 * UNSUPPORTED, the other members have defaults. Callers check the manifest before they call a method of a capability; no
 * capability covers departments, so their error reaches clients.
 */
export function unsupportedMethods(
  provider: string,
): Omit<
  ChatAdapter,
  'name' | 'kind' | 'supports' | 'hasViewPerRole' | 'getHealth' | 'close' | 'getRoomCapabilities'
> {
  const throwUnsupported = async (): Promise<never> => {
    throw new ChatError('UNSUPPORTED', 'This provider, as configured, cannot do this.', { provider })
  }
  const throwUnsupportedList = () => ({ [Symbol.asyncIterator]: () => ({ next: throwUnsupported }) })
  return {
    timeZone: 'UTC',
    isVerified: ({ role }) => role !== 'VISITOR',
    parseWebhook: null,
    push: null,
    readRoomActivity: null,
    getVisitorDetails: null,
    clockSkewMs: () => 0,
    backgroundDelayMs: () => 0,
    isRoomReadScarce: () => false,
    isOnline: async () => null,
    listDepartments: throwUnsupported,
    getDepartments: throwUnsupported,
    getDepartmentsOnline: async (ids) => ids.map(() => null),
    getPreChatForm: async () => null,
    getRooms: throwUnsupported,
    listRooms: throwUnsupportedList,
    countRooms: throwUnsupported,
    ownsToken: () => false,
    listVisitorRooms: async () => [],
    readStatistics: throwUnsupported,
    startRoom: throwUnsupported,
    closeRoom: throwUnsupported,
    renewVisitor: throwUnsupported,
    sendFile: throwUnsupported,
    setTyping: throwUnsupported,
    markSeen: throwUnsupported,
    openFile: throwUnsupported,
    takeRoom: throwUnsupported,
    assignRoom: throwUnsupported,
    transferRoom: throwUnsupported,
    requeueRoom: throwUnsupported,
    setRoomTags: throwUnsupported,
    rateRoom: throwUnsupported,
    requestTranscript: throwUnsupported,
    listAgents: throwUnsupported,
    countActiveRooms: throwUnsupported,
    findOwnAgentId: async () => null,
    findOwnAgent: async () => null,
    setAgentStatus: throwUnsupported,
    getMessages: throwUnsupported,
    listMessages: throwUnsupported,
    readRecentMessages: throwUnsupported,
    sendMessage: throwUnsupported,
    updateMessage: throwUnsupported,
    deleteMessage: throwUnsupported,
    sendOfflineMessage: throwUnsupported,
    getOfflineMessages: throwUnsupported,
    listOfflineMessages: throwUnsupportedList,
    countOfflineMessages: throwUnsupported,
  }
}
