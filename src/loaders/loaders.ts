import DataLoader from 'dataloader'
import type { AdapterRegistry, Batch, CallContext, ChatAdapter } from '../domain/adapter.ts'
import { type Capability, checkCapability } from '../domain/capability.ts'
import type { Department, Message, MessageRef, OfflineMessage, Room } from '../domain/model.ts'
import { lookUpOfflineMessages, type StoredOfflineMessages } from './offline-message-lookup.ts'

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
interface DepartmentKey {
  readonly provider: string
  readonly departmentId: string
}

/** Batched, cached reads of one operation. Null means absent, or that the caller may not see it. */
export interface Loaders {
  /** Time of creation, in milliseconds since 1970: nothing that they return was read earlier. */
  readonly createdAt: number
  readonly rooms: DataLoader<RoomKey, Room | null, string>
  readonly messages: DataLoader<MessageKey, Message | null, string>
  readonly offlineMessages: DataLoader<OfflineMessageKey, OfflineMessage | null, string>
  readonly departments: DataLoader<DepartmentKey, Department | null, string>
  /** All departments of a provider, by the provider's name. */
  readonly departmentLists: DataLoader<string, readonly Department[]>
  /** The room if this operation has already requested it, else null. Makes no request. */
  pendingRoom(key: RoomKey): Promise<Room | null> | null
}

/** Creates loaders for one operation, or for one event of a subscription, because its context lives for days. */
export function createLoaders(
  registry: AdapterRegistry,
  call: CallContext,
  stored: StoredOfflineMessages,
): Loaders {
  const createLoader = <Key extends { readonly provider: string }, T>(
    capability: Capability | null,
    nativeId: (key: Key) => unknown,
    read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
    cacheMap = new Map<string, Promise<T | null>>(),
  ) =>
    new DataLoader<Key, T | null, string>((keys) => readByProvider(keys, registry, call, capability, read), {
      cacheKeyFn: (key) => cacheKey(key.provider, nativeId(key)),
      cacheMap,
    })
  const pendingRooms = new Map<string, Promise<Room | null>>()

  return {
    createdAt: Date.now(),
    pendingRoom: ({ provider, roomId }) => pendingRooms.get(cacheKey(provider, roomId)) ?? null,
    rooms: createLoader(
      'READ_MESSAGES',
      (key: RoomKey) => key.roomId,
      (adapter, keys) =>
        adapter.getRooms(
          keys.map(({ roomId }) => roomId),
          call,
        ),
      pendingRooms,
    ),
    messages: createLoader(
      'READ_MESSAGES',
      (key: MessageKey) => key.ref,
      (adapter, keys) =>
        adapter.getMessages(
          keys.map(({ ref }) => ref),
          call,
        ),
    ),
    offlineMessages: createLoader(
      null,
      (key: OfflineMessageKey) => key.key,
      (adapter, keys) =>
        lookUpOfflineMessages(
          adapter,
          keys.map(({ key }) => key),
          stored,
          call,
        ),
    ),
    departments: createLoader(
      null,
      (key: DepartmentKey) => key.departmentId,
      (adapter, keys) =>
        adapter.getDepartments(
          keys.map(({ departmentId }) => departmentId),
          call,
        ),
    ),
    departmentLists: new DataLoader((names) =>
      Promise.all(
        names.map((name) => Promise.resolve(registry.find(name)?.listDepartments(call) ?? []).catch(asError)),
      ),
    ),
  }
}

function cacheKey(provider: string, nativeId: unknown): string {
  return JSON.stringify([provider, nativeId])
}

/** Reads one batch per provider. A provider that denies or fails affects only its own keys. */
async function readByProvider<Key extends { readonly provider: string }, T>(
  keys: readonly Key[],
  registry: AdapterRegistry,
  call: CallContext,
  capability: Capability | null,
  read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
): Promise<(T | null | Error)[]> {
  const results = new Map<Key, T | null | Error>()
  const names = [...new Set(keys.map(({ provider }) => provider))]
  await Promise.all(
    names.map(async (name) => {
      const batch = keys.filter(({ provider }) => provider === name)
      const values = await readBatch(registry.find(name), batch, call, capability, read)
      batch.forEach((key, index) => {
        results.set(key, values[index] ?? null)
      })
    }),
  )
  return keys.map((key) => results.get(key) ?? null)
}

async function readBatch<Key, T>(
  adapter: ChatAdapter | null,
  keys: readonly Key[],
  call: CallContext,
  capability: Capability | null,
  read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
): Promise<readonly (T | null | Error)[]> {
  if (!adapter) return keys.map(() => null)
  const denied = capability && checkCapability(adapter, capability, call.caller)
  if (denied) return keys.map(() => denied)
  try {
    return await read(adapter, keys)
  } catch (error) {
    return keys.map(() => asError(error))
  }
}

/** DataLoader expects the failure of one key as an Error in its place. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
