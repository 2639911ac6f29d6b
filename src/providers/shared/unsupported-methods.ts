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
  const refuse = async (): Promise<never> => {
    throw new ChatError('UNSUPPORTED', 'This provider, as configured, cannot do this.', { provider })
  }
  const refuseList = () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) })
  return {
    timeZone: 'UTC',
    isVerified: ({ role }) => role !== 'VISITOR',
    parseWebhook: null,
    readRoomActivity: null,
    clockSkewMs: () => 0,
    backgroundDelayMs: () => 0,
    isRoomReadScarce: () => false,
    isOnline: async () => null,
    listDepartments: refuse,
    getDepartments: refuse,
    getRooms: refuse,
    listRooms: refuseList,
    startRoom: refuse,
    closeRoom: refuse,
    getMessages: refuse,
    listMessages: refuse,
    readRecentMessages: refuse,
    sendMessage: refuse,
    updateMessage: refuse,
    deleteMessage: refuse,
    sendOfflineMessage: refuse,
    getOfflineMessages: refuse,
    listOfflineMessages: refuseList,
    countOfflineMessages: refuse,
  }
}
