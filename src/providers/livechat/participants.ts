import { hashCallerToken } from '../../domain/caller.ts'
import { Memo } from '../shared/memo.ts'
import { TtlCache } from '../shared/ttl-cache.ts'
import { getChat } from './chat-requests.ts'
import { isAlike, isSameState } from './chat-state.ts'
import { type ChatUsers, KnownChat, type LatestThread, laterThread, type UsersById } from './known-chat.ts'
import type { Author } from './map.ts'
import type { RoomApi } from './room-api.ts'
import type { WireChat, WireChatSummary, WireThread, WireUser } from './wire.ts'

const TTL_MS = 60_000
/** How long the users of a chat that is watched through push are taken from there: it shows who joins, and who is renamed. */
const WATCHED_TTL_MS = 10 * 60_000
const MAX_CHATS = 2_000

type Api = Pick<RoomApi, 'kind'>

/**
 * Caches the users of chats. Threads name their authors by id only; chats and lists of chats embed the users, so one
 * response can save another request. Agent API and customer API are cached separately: agents' ids, names and
 * addresses differ, and some agents are hidden from visitors (docs/providers/livechat.md 4).
 */
export class Participants {
  readonly #usersByChat = new TtlCache<ChatUsers>(TTL_MS, MAX_CHATS)
  readonly #threadsByChat = new TtlCache<LatestThread>(TTL_MS, MAX_CHATS)
  readonly #watched = new Map<string, { readonly chat: KnownChat; watchers: number }>()

  /** Returns what is known of a chat, and keeps it up to date until `unwatch`. */
  watch(api: Api, chatId: string): KnownChat {
    const key = cacheKey(api, chatId)
    const users = this.#usersByChat.get(key) ?? null
    const known = this.#watched.get(key)
    const entry = known ?? {
      chat: new KnownChat(users, this.#threadsByChat.get(key) ?? null),
      watchers: 0,
    }
    entry.watchers += 1
    this.#watched.set(key, entry)
    return entry.chat
  }

  /** Ends one `watch`. */
  unwatch(api: Api, chatId: string): void {
    const key = cacheKey(api, chatId)
    const entry = this.#watched.get(key)
    if (!entry) return
    entry.watchers -= 1
    if (entry.watchers === 0) this.#watched.delete(key)
  }

  /** Records the latest thread of a chat, as far as a read has shown it. */
  recordThread(api: Api, chatId: string, thread: LatestThread): void {
    const key = cacheKey(api, chatId)
    this.#threadsByChat.set(key, laterThread(this.#threadsByChat.get(key) ?? null, thread))
    this.#watched.get(key)?.chat.recordThread(thread)
  }

  /** Returns what was shown of a chat's latest thread; null where nothing recently was. Sends no request. */
  findThread(api: Api, chatId: string): LatestThread | null {
    const key = cacheKey(api, chatId)
    const watched = this.#watched.get(key)?.chat
    const thread = watched ? watched.latestThread : (this.#threadsByChat.get(key) ?? null)
    // A thread whose events are used stays known.
    if (thread) this.#threadsByChat.set(key, thread)
    return thread
  }

  /** Stores the users that a response embedded. One about a single thread may omit some. */
  remember(api: Api, chatId: string, users: readonly WireUser[]): void {
    const key = cacheKey(api, chatId)
    const cached = this.#usersByChat.get(key)?.users
    // Several responses list the same users. As long as they do, the messages that are mapped with them stay the same.
    const isUnchanged = cached?.size === users.length && users.every((user) => isListed(user, cached))
    this.#set(key, { users: isUnchanged ? cached : byId(users), unlistedIds: new Set() })
  }

  /** Records a chat that `get_chat` returned, which was requested at `requestedAt` (`performance.now()`). */
  rememberChat(api: RoomApi, chat: WireChat, requestedAt: number): void {
    this.remember(api, chat.id, chat.users)
    this.#watched.get(cacheKey(api, chat.id))?.chat.recordChat(chat, callerKey(api), requestedAt)
  }

  /**
   * Returns a chat as `get_chat` returned it to the same caller, if it is pushed since and neither a push nor a read has shown
   * another state; else null. Messages that came later are missing in it. Sends no request.
   */
  findUnchangedChat(api: RoomApi, chatId: string): WireChat | null {
    return this.#watched.get(cacheKey(api, chatId))?.chat.chatReadBy(callerKey(api)) ?? null
  }

  /** A read of the same API has shown the latest thread of a chat. */
  compareState(api: Api, chatId: string, latest: WireThread): void {
    this.#watched.get(cacheKey(api, chatId))?.chat.compareState(({ thread }) => isSameState(thread, latest))
  }

  /** A list of the agent API has shown a chat; null where the chat is missing in a list that contained it before. */
  compareSummary(chatId: string, summary: WireChatSummary | null): void {
    for (const kind of ['agent', 'customer'] as const) {
      const watched = this.#watched.get(cacheKey({ kind }, chatId))?.chat
      watched?.compareState((chat) => summary !== null && isAlike(chat, summary))
    }
  }

  /** Returns the users of a chat if all these authors are cached, else null. Sends no request. */
  find(api: Api, chatId: string, authors: ReadonlySet<string>): UsersById | null {
    if (authors.size === 0) return NO_USERS
    const watched = this.#watched.get(cacheKey(api, chatId))?.chat
    if (watched && watched.usersAgeMs < WATCHED_TTL_MS) {
      if ([...authors].every((id) => watched.knowsAuthor(id))) return watched.users
    }
    const cached = this.#usersByChat.get(cacheKey(api, chatId))
    const isCached = (id: string) => cached?.users.has(id) || cached?.unlistedIds.has(id)
    return cached && [...authors].every(isCached) ? cached.users : null
  }

  /** Returns the users of a chat that the caller has just read. Sends a request only if an author is not cached. */
  async load(api: RoomApi, chatId: string, authorIds: Iterable<string>): Promise<UsersById> {
    const authors = new Set(authorIds)
    const cached = this.find(api, chatId, authors)
    if (cached) return cached
    const users = byId((await getChat(api, chatId, null)).users)
    const unlistedIds = new Set([...authors].filter((id) => !users.has(id)))
    this.#set(cacheKey(api, chatId), { users, unlistedIds })
    return users
  }

  #set(key: string, users: ChatUsers): void {
    this.#usersByChat.set(key, users)
    this.#watched.get(key)?.chat.setUsers(users)
  }
}

const NO_USERS: UsersById = new Map()
const usersById = new Memo<readonly WireUser[], UsersById>()

function isListed({ id, type, name, email, avatar }: Author, users: UsersById): boolean {
  const user = users.get(id)
  return (
    user !== undefined &&
    user.type === type &&
    user.name === name &&
    user.email === email &&
    user.avatar === avatar
  )
}

function byId(users: readonly WireUser[]): UsersById {
  return usersById.get(users, [], () => new Map(users.map((user) => [user.id, user])))
}

function cacheKey({ kind }: Api, chatId: string): string {
  return JSON.stringify([kind, chatId])
}

/** All operators read as the service account; of visitors each token is judged by LiveChat. */
function callerKey({ call: { caller } }: RoomApi): string {
  return caller.role === 'VISITOR' ? hashCallerToken(caller) : caller.role
}
