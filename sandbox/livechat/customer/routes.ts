import type { WireRoute } from '../../wire-server.ts'
import type { Customer } from '../store/model.ts'
import { apiRoutes, type Backend, type Method } from '../v3/method.ts'
import { requireCustomer } from './access.ts'
import { configuration, dynamicConfiguration } from './dynamic-configuration.ts'
import { getChat, listChats, listThreads } from './read-chats.ts'
import { getCustomer, listGroupStatuses, updateCustomer } from './self.ts'
import { sendSneakPeek } from './sneak-peek.ts'
import { resumeChat, startChat } from './start-chat.ts'
import { deleteThreadProperties, updateThreadProperties } from './thread-properties.ts'
import { deactivateChat, markEventsAsSeen, removeEvent, sendEvent } from './write-chats.ts'

/** The methods of the Customer Chat API v3.6 (docs/providers/livechat.md 4). RTM has the same. */
export const customerMethods: readonly Method<Customer>[] = [
  listChats,
  listThreads,
  getChat,
  startChat,
  resumeChat,
  deactivateChat,
  sendEvent,
  removeEvent,
  markEventsAsSeen,
  sendSneakPeek,
  updateThreadProperties,
  deleteThreadProperties,
  listGroupStatuses,
  getCustomer,
  updateCustomer,
]

/** Customer Chat Web API v3.6. */
export function customerRoutes(backend: Backend): WireRoute[] {
  return [
    ...apiRoutes('customer', customerMethods, backend, requireCustomer(backend)),
    dynamicConfiguration(backend),
    configuration(backend),
  ]
}
