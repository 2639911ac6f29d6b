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

/** What one operation looks up, each thing once. Null is absent or not the caller's. */
export interface Loaders {
  /** When they were made, in milliseconds since 1970: nothing that they give was read before. */
  readonly createdAt: number
  readonly rooms: DataLoader<RoomKey, Room | null, string>
  readonly messages: DataLoader<MessageKey, Message | null, string>
  readonly offlineMessages: DataLoader<OfflineMessageKey, OfflineMessage | null, string>
  readonly departments: DataLoader<DepartmentKey, Department | null, string>
  /** All that a provider shows, by the provider's name. */
  readonly departmentLists: DataLoader<string, readonly Department[]>
  /** The room where it was asked for already; null, and nobody is asked, where it was not. */
  pendingRoom(key: RoomKey): Promise<Room | null> | null
}

/** Fresh loaders: for one operation, and for one event of a subscription (its context lives for days). */
export function createLoaders(
  registry: AdapterRegistry,
  call: CallContext,
  kept: StoredOfflineMessages,
): Loaders {
  const make = <Key extends { readonly provider: string }, T>(
    capability: Capability | null,
    nativeId: (key: Key) => unknown,
    read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
    cacheMap = new Map<string, Promise<T | null>>(),
  ) =>
    new DataLoader<Key, T | null, string>((keys) => byProvider(keys, registry, call, capability, read), {
      cacheKeyFn: (key) => keyOf(key.provider, nativeId(key)),
      cacheMap,
    })
  const requestedRooms = new Map<string, Promise<Room | null>>()

  return {
    createdAt: Date.now(),
    pendingRoom: ({ provider, roomId }) => requestedRooms.get(keyOf(provider, roomId)) ?? null,
    rooms: make(
      'READ_MESSAGES',
      (key: RoomKey) => key.roomId,
      (adapter, keys) =>
        adapter.getRooms(
          keys.map(({ roomId }) => roomId),
          call,
        ),
      requestedRooms,
    ),
    messages: make(
      'READ_MESSAGES',
      (key: MessageKey) => key.ref,
      (adapter, keys) =>
        adapter.getMessages(
          keys.map(({ ref }) => ref),
          call,
        ),
    ),
    offlineMessages: make(
      null,
      (key: OfflineMessageKey) => key.key,
      (adapter, keys) =>
        lookUpOfflineMessages(
          adapter,
          keys.map(({ key }) => key),
          kept,
          call,
        ),
    ),
    departments: make(
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

function keyOf(provider: string, nativeId: unknown): string {
  return JSON.stringify([provider, nativeId])
}

/** One batch per provider. A provider that refuses or fails costs its own keys only. */
async function byProvider<Key extends { readonly provider: string }, T>(
  keys: readonly Key[],
  registry: AdapterRegistry,
  call: CallContext,
  capability: Capability | null,
  read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
): Promise<(T | null | Error)[]> {
  const found = new Map<Key, T | null | Error>()
  const names = [...new Set(keys.map(({ provider }) => provider))]
  await Promise.all(
    names.map(async (name) => {
      const own = keys.filter(({ provider }) => provider === name)
      const answers = await readOf(registry.find(name), own, call, capability, read)
      own.forEach((key, index) => {
        found.set(key, answers[index] ?? null)
      })
    }),
  )
  return keys.map((key) => found.get(key) ?? null)
}

async function readOf<Key, T>(
  adapter: ChatAdapter | null,
  keys: readonly Key[],
  call: CallContext,
  capability: Capability | null,
  read: (adapter: ChatAdapter, keys: readonly Key[]) => Promise<Batch<T>>,
): Promise<readonly (T | null | Error)[]> {
  if (!adapter) return keys.map(() => null)
  const refused = capability && checkCapability(adapter, capability, call.caller)
  if (refused) return keys.map(() => refused)
  try {
    return await read(adapter, keys)
  } catch (error) {
    return keys.map(() => asError(error))
  }
}

/** A loader takes what failed for one key as an Error in its place. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
