import type { ChatAdapter } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'

/**
 * Every method that a manifest can refuse, refusing; the days of UTC; and nothing known of who is there. An adapter
 * spreads this and puts what it can do on top. Callers ask the manifest first, so that these are reached only by
 * mistake; they are no less safe for it.
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
