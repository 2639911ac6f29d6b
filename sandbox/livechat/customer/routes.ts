import type { WireRoute } from '../../wire-server.ts'
import { apiRoutes, type Backend } from '../v3/method.ts'
import { requireCustomer } from './access.ts'
import { dynamicConfiguration } from './dynamic-configuration.ts'
import { getChat, listChats, listThreads } from './read-chats.ts'
import { getCustomer, listGroupStatuses, updateCustomer } from './self.ts'
import { resumeChat, startChat } from './start-chat.ts'
import { deleteThreadProperties, updateThreadProperties } from './thread-properties.ts'
import { deactivateChat, markEventsAsSeen, removeEvent, sendEvent } from './write-chats.ts'

/** Customer Chat Web API v3.6 (docs/providers/livechat.md 4). */
export function customerRoutes(backend: Backend): WireRoute[] {
  const methods = [
    listChats,
    listThreads,
    getChat,
    startChat,
    resumeChat,
    deactivateChat,
    sendEvent,
    removeEvent,
    markEventsAsSeen,
    updateThreadProperties,
    deleteThreadProperties,
    listGroupStatuses,
    getCustomer,
    updateCustomer,
  ]
  return [...apiRoutes('customer', methods, backend, requireCustomer(backend)), dynamicConfiguration(backend)]
}
