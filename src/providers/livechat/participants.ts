import { TtlCache } from '../shared/ttl-cache.ts'
import { getChat } from './chat-requests.ts'
import type { RoomApi } from './room-api.ts'
import type { WireUser } from './wire.ts'

/** How long the users of a chat are taken to be as they were. */
const LIFETIME_MS = 60_000
const CHATS_KEPT = 2_000

type Users = ReadonlyMap<string, WireUser>

interface Known {
  readonly users: Users
  /** Authors whom the chat does not list: asked for once is enough. */
  readonly absent: ReadonlySet<string>
}

/**
 * Who takes part in which chat. Threads name their authors by id only; chats and lists of chats carry the users,
 * so what one answer embedded spares the next a call. The two sides are kept apart: agents' ids, names and
 * addresses differ, and some agents are hidden from visitors (docs/providers/livechat.md 4).
 */
export class Participants {
  readonly #chats = new TtlCache<Known>(LIFETIME_MS, CHATS_KEPT)

  /** Takes note of the users that an answer carried; one about a single thread may leave some out. */
  remember(side: Pick<RoomApi, 'kind'>, chatId: string, users: readonly WireUser[]): void {
    this.#chats.set(keyOf(side, chatId), { users: mapOf(users), absent: new Set() })
  }

  /** The users of a chat that the caller has just been let into; asks only where an author is not known. */
  async load(side: RoomApi, chatId: string, authorIds: Iterable<string>): Promise<Users> {
    const authors = new Set(authorIds)
    if (authors.size === 0) return new Map()
    const known = this.#chats.get(keyOf(side, chatId))
    const isKnown = (id: string) => known?.users.has(id) || known?.absent.has(id)
    if (known && [...authors].every(isKnown)) return known.users
    const { users } = await getChat(side, chatId, null)
    const listed = new Set(users.map(({ id }) => id))
    const absent = [...authors].filter((id) => !listed.has(id))
    const found = { users: mapOf(users), absent: new Set(absent) }
    this.#chats.set(keyOf(side, chatId), found)
    return found.users
  }
}

function mapOf(users: readonly WireUser[]): Users {
  return new Map(users.map((user) => [user.id, user]))
}

function keyOf({ kind: api }: Pick<RoomApi, 'kind'>, chatId: string): string {
  return JSON.stringify([api, chatId])
}
