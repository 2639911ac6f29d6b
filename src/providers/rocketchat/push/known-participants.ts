import { NO_PARTICIPANT_DETAILS, type Participant } from '../../../domain/model.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { mapAuthor } from '../map.ts'
import type { WireMessage } from '../wire.ts'

const KEPT_MS = 24 * 3_600_000
const MAX_KEPT = 10_000
/** The id of a visitor before its first message is seen. A room has one visitor, so it need not be unique. */
const UNKNOWN_VISITOR = 'visitor'
const MAX_NAME_LENGTH = 200

/** The authors of messages, because events about typing name their senders only (docs/providers/rocketchat.md 20). */
export class KnownParticipants {
  /** By username, and by display name: some servers send that. */
  readonly #agents = new TtlCache<Participant>(KEPT_MS, MAX_KEPT)
  /** By room, with the username. */
  readonly #visitors = new TtlCache<{ readonly participant: Participant; readonly username: string | null }>(
    KEPT_MS,
    MAX_KEPT,
  )

  /** Remembers the author of a message. */
  remember(wire: WireMessage, roomId: string): void {
    const author = mapAuthor(wire)
    if (!author || !wire.u) return
    if (author.role === 'VISITOR') {
      if (author.nativeId !== '') {
        this.#visitors.set(roomId, { participant: author, username: wire.u.username })
      }
      return
    }
    // System messages are written in the name of an agent or a visitor.
    if (author.role !== 'AGENT' && author.role !== 'BOT') return
    for (const name of [author.name, wire.u.username]) if (name) this.#agents.set(name, author)
  }

  /** The agent or bot with this username or name; before its first message is seen, an agent with this name alone. */
  agentOf(name: string): Participant {
    return this.#agents.get(name) ?? unknown(name, name, 'AGENT')
  }

  /** The visitor of a room; `name` is what the visitor's client sent. */
  visitorOf(roomId: string, name: string): Participant {
    return this.#visitors.get(roomId)?.participant ?? unknown(UNKNOWN_VISITOR, name, 'VISITOR')
  }

  /** Whether a username is the one of the room's visitor, as far as is known. */
  isVisitor(roomId: string, username: string): boolean {
    return this.#visitors.get(roomId)?.username === username
  }

  /** The display name of a room's visitor; null where none was seen. */
  visitorNameOf(roomId: string): string | null {
    return this.#visitors.get(roomId)?.participant.name ?? null
  }
}

function unknown(nativeId: string, name: string, role: Participant['role']): Participant {
  return {
    ...NO_PARTICIPANT_DETAILS,
    nativeId: nativeId.slice(0, MAX_NAME_LENGTH),
    name: name.slice(0, MAX_NAME_LENGTH),
    email: null,
    avatarUrl: null,
    role,
  }
}
