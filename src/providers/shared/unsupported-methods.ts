import type { ChatAdapter } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'

/**
 * The members of an adapter that can do nothing: every method of a capability throws UNSUPPORTED, and the others have their
 * defaults. `createChatAdapter` fills in what an adapter does not have. Callers check the manifest first and reach these methods only
 * by mistake.
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
