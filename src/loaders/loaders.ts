import DataLoader from 'dataloader'
import type { AdapterRegistry, CallContext, ChatAdapter } from '../domain/adapter.ts'
import type { MessagePage, MessageWindow } from '../domain/messages.ts'
import type {
  Agent,
  Department,
  Message,
  MessageRef,
  OfflineMessage,
  Room,
  VisitorDetails,
} from '../domain/model.ts'
import { cacheKey } from './cache-key.ts'
import { lookUpOfflineMessages, type StoredOfflineMessages } from './offline-message-lookup.ts'
import { asError, type BatchRead, readByProvider } from './read-by-provider.ts'

interface RoomKey {
  readonly provider: string
  readonly roomId: string
}
interface MessageKey {
  readonly provider: string
  readonly ref: MessageRef
}
interface OfflineMessageKey {
  readonly provider: string
  readonly key: string
}
interface AgentKey {
  readonly provider: string
  readonly agentId: string
}
interface VisitorKey {
  readonly provider: string
  readonly visitorId: string
}
interface DepartmentKey {
  readonly provider: string
  readonly departmentId: string
}

/** Loads an object by its key; null if it is absent or the caller may not see it. */
type Loader<Key, T> = DataLoader<Key, T | null, string>

/** Cached reads of one operation. Null means absent, or that the caller may not see it. */
export interface Loaders {
  /** Time of creation, in milliseconds since 1970: nothing that they return was read earlier. */
  readonly createdAt: number
  readonly rooms: Loader<RoomKey, Room>
  readonly messages: Loader<MessageKey, Message>
  readonly offlineMessages: Loader<OfflineMessageKey, OfflineMessage>
  readonly departments: Loader<DepartmentKey, Department>
  readonly agents: Loader<AgentKey, Agent>
  /** Null also for callers that are no operators: they see what the room's document contains. */
  readonly visitorDetails: Loader<VisitorKey, VisitorDetails>
  /** The rooms that each agent serves now, by the provider's name; null where the provider does not count them. */
  readonly activeRooms: DataLoader<string, ReadonlyMap<string, number> | null>
  /** Whether an agent of a department is online; null if the provider does not say. */
  readonly departmentsOnline: Loader<DepartmentKey, boolean>
  /** The id of the agent that the caller's writes appear as, by the provider's name; null if it cannot be determined now. */
  readonly ownAgentIds: DataLoader<string, string | null>
  /** All departments of a provider, by the provider's name. */
  readonly departmentLists: DataLoader<string, readonly Department[]>
  /** The room if this operation has already requested it, else null. Makes no request. */
  pendingRoom(key: RoomKey): Promise<Room | null> | null
  /** Reads a page of messages once per operation. Rejects with NOT_FOUND for a room that the caller may not see. */
  readMessages(adapter: ChatAdapter, roomId: string, window: MessageWindow): Promise<MessagePage>
}

const readRooms: BatchRead<RoomKey, Room> = {
  capability: 'READ_MESSAGES',
  read: (adapter, keys, call) => {
    const ids = keys.map(({ roomId }) => roomId)
    return adapter.getRooms(ids, call)
  },
}
const readMessages: BatchRead<MessageKey, Message> = {
  capability: 'READ_MESSAGES',
  read: (adapter, keys, call) => {
    const refs = keys.map(({ ref }) => ref)
    return adapter.getMessages(refs, call)
  },
}
const readDepartments: BatchRead<DepartmentKey, Department> = {
  capability: null,
  read: (adapter, keys, call) => {
    const ids = keys.map(({ departmentId }) => departmentId)
    return adapter.getDepartments(ids, call)
  },
}
const readDepartmentsOnline: BatchRead<DepartmentKey, boolean> = {
  capability: null,
  read: (adapter, keys, call) => {
    const ids = keys.map(({ departmentId }) => departmentId)
    return adapter.getDepartmentsOnline(ids, call)
  },
}
const readAgents: BatchRead<AgentKey, Agent> = {
  capability: 'LIST_AGENTS',
  async read(adapter, keys, call) {
    const byId = new Map((await adapter.listAgents(call)).map((agent) => [agent.nativeId, agent]))
    // The agent that the gateway writes as need not be in the list.
    const own = keys.every(({ agentId }) => byId.has(agentId)) ? null : await adapter.findOwnAgent(call)
    return keys.map(({ agentId }) => byId.get(agentId) ?? (own?.nativeId === agentId ? own : null))
  },
}
const readVisitorDetails: BatchRead<VisitorKey, VisitorDetails> = {
  capability: 'LIST_ROOMS',
  read: async (adapter, keys, call) => {
    const ids = keys.map(({ visitorId }) => visitorId)
    return adapter.getVisitorDetails?.(ids, call) ?? ids.map(() => null)
  },
}
const readOfflineMessages = (
  stored: StoredOfflineMessages,
): BatchRead<OfflineMessageKey, OfflineMessage> => ({
  capability: null,
  read: (adapter, keys, call) => {
    const nativeKeys = keys.map(({ key }) => key)
    return lookUpOfflineMessages(adapter, nativeKeys, stored, call)
  },
})

/** The loaders that were created since the last renewal, with what they have loaded. */
interface LoaderCache {
  readonly call: CallContext
  readonly createdAt: number
  rooms?: Loader<RoomKey, Room>
  /** What `rooms` has loaded or is loading. */
  pendingRooms?: Map<string, Promise<Room | null>>
  messages?: Loader<MessageKey, Message>
  offlineMessages?: Loader<OfflineMessageKey, OfflineMessage>
  departments?: Loader<DepartmentKey, Department>
  departmentsOnline?: Loader<DepartmentKey, boolean>
  departmentLists?: DataLoader<string, readonly Department[]>
  agents?: Loader<AgentKey, Agent>
  visitorDetails?: Loader<VisitorKey, VisitorDetails>
  activeRooms?: DataLoader<string, ReadonlyMap<string, number> | null>
  ownAgentIds?: DataLoader<string, string | null>
  messagePages?: Map<string, Promise<MessagePage>>
}

/** The loaders of one operation. Each is created when it is first used, because most operations use one or two. */
export class OperationLoaders implements Loaders {
  readonly #registry: AdapterRegistry
  readonly #stored: StoredOfflineMessages
  #cache: LoaderCache

  constructor(registry: AdapterRegistry, call: CallContext, stored: StoredOfflineMessages) {
    this.#registry = registry
    this.#stored = stored
    this.#cache = { call, createdAt: Date.now() }
  }

  /** Drops everything that was loaded. Later reads use `call`; reads in progress keep theirs. */
  renew(call: CallContext): void {
    this.#cache = { call, createdAt: Date.now() }
  }

  get createdAt() {
    return this.#cache.createdAt
  }

  get rooms(): Loader<RoomKey, Room> {
    const cache = this.#cache
    cache.pendingRooms ??= new Map()
    cache.rooms ??= this.#createLoader(readRooms, roomKey, cache.pendingRooms)
    return cache.rooms
  }

  pendingRoom(key: RoomKey) {
    return this.#cache.pendingRooms?.get(roomKey(key)) ?? null
  }

  get messages(): Loader<MessageKey, Message> {
    this.#cache.messages ??= this.#createLoader(readMessages, messageKey)
    return this.#cache.messages
  }

  get offlineMessages(): Loader<OfflineMessageKey, OfflineMessage> {
    this.#cache.offlineMessages ??= this.#createLoader(readOfflineMessages(this.#stored), offlineMessageKey)
    return this.#cache.offlineMessages
  }

  get departments(): Loader<DepartmentKey, Department> {
    this.#cache.departments ??= this.#createLoader(readDepartments, departmentKey)
    return this.#cache.departments
  }

  get departmentsOnline(): Loader<DepartmentKey, boolean> {
    this.#cache.departmentsOnline ??= this.#createLoader(readDepartmentsOnline, departmentKey)
    return this.#cache.departmentsOnline
  }

  get departmentLists(): DataLoader<string, readonly Department[]> {
    this.#cache.departmentLists ??= this.#createProviderLoader(
      async (adapter, call) => (await adapter?.listDepartments(call)) ?? [],
    )
    return this.#cache.departmentLists
  }

  get agents(): Loader<AgentKey, Agent> {
    this.#cache.agents ??= this.#createLoader(readAgents, agentKey)
    return this.#cache.agents
  }

  get visitorDetails(): Loader<VisitorKey, VisitorDetails> {
    this.#cache.visitorDetails ??= this.#createLoader(readVisitorDetails, visitorKey)
    return this.#cache.visitorDetails
  }

  get activeRooms(): DataLoader<string, ReadonlyMap<string, number> | null> {
    this.#cache.activeRooms ??= this.#createProviderLoader(
      async (adapter, call) => (await adapter?.countActiveRooms(call)) ?? null,
    )
    return this.#cache.activeRooms
  }

  get ownAgentIds(): DataLoader<string, string | null> {
    // A failure is no error of the messages, whose author is known.
    this.#cache.ownAgentIds ??= this.#createProviderLoader(
      async (adapter, call) => (await adapter?.findOwnAgentId(call).catch(() => null)) ?? null,
    )
    return this.#cache.ownAgentIds
  }

  readMessages(adapter: ChatAdapter, roomId: string, window: MessageWindow): Promise<MessagePage> {
    const cache = this.#cache
    cache.messagePages ??= new Map()
    const key = messagePageKey(adapter.name, roomId, window)
    const page = cache.messagePages.get(key) ?? adapter.listMessages(roomId, window, cache.call)
    cache.messagePages.set(key, page)
    return page
  }

  #createLoader<Key extends { readonly provider: string }, T>(
    batchRead: BatchRead<Key, T>,
    cacheKeyFn: (key: Key) => string,
    cacheMap = new Map<string, Promise<T | null>>(),
  ): Loader<Key, T> {
    const { call } = this.#cache
    const readAll = (keys: readonly Key[]) => readByProvider(keys, this.#registry, call, batchRead)
    return new DataLoader(readAll, { cacheKeyFn, cacheMap })
  }

  /** Loads by the provider's name. `read` receives null for a name that is not configured. */
  #createProviderLoader<T>(
    read: (adapter: ChatAdapter | null, call: CallContext) => Promise<T>,
  ): DataLoader<string, T> {
    const { call } = this.#cache
    const readOne = (name: string) => read(this.#registry.find(name), call).catch(asError)
    return new DataLoader((names) => Promise.all(names.map(readOne)))
  }
}

function roomKey({ provider, roomId }: RoomKey): string {
  return cacheKey(provider, roomId)
}

function messageKey({ provider, ref: { roomId, threadId, messageId } }: MessageKey): string {
  return cacheKey(provider, roomId, threadId, messageId)
}

function offlineMessageKey({ provider, key }: OfflineMessageKey): string {
  return cacheKey(provider, key)
}

function agentKey({ provider, agentId }: AgentKey): string {
  return cacheKey(provider, agentId)
}

function visitorKey({ provider, visitorId }: VisitorKey): string {
  return cacheKey(provider, visitorId)
}

function departmentKey({ provider, departmentId }: DepartmentKey): string {
  return cacheKey(provider, departmentId)
}

function messagePageKey(provider: string, roomId: string, window: MessageWindow): string {
  const { take, limit, after, before, since, until } = window
  const bounds = [after?.micros, after?.id, before?.micros, before?.id, since?.getTime(), until?.getTime()]
  return cacheKey(provider, roomId, take, limit, ...bounds)
}
