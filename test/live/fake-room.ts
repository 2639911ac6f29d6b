import type { ChatAdapter } from '../../src/domain/adapter.ts'
import type { Caller } from '../../src/domain/caller.ts'
import type { CapabilityManifest } from '../../src/domain/capability.ts'
import { ChatError } from '../../src/domain/errors.ts'
import { comparePositions, type Message } from '../../src/domain/model.ts'
import { unsupportedMethods } from '../../src/providers/shared/unsupported-methods.ts'

const allRoles = { roles: ['OPERATOR', 'VISITOR'], denialReason: '' } as const
const supports: CapabilityManifest = {
  LIST_ROOMS: allRoles,
  READ_MESSAGES: allRoles,
  START_ROOM: allRoles,
  SEND_MESSAGE: allRoles,
  UPDATE_MESSAGE: allRoles,
  DELETE_MESSAGE: allRoles,
  CLOSE_ROOM: allRoles,
  TAKE_ROOM: allRoles,
  ASSIGN_ROOM: allRoles,
  TRANSFER_ROOM: allRoles,
  REQUEUE_ROOM: allRoles,
  SET_TAGS: allRoles,
  RATE_ROOM: allRoles,
  REQUEST_TRANSCRIPT: allRoles,
  SEND_NOTE: allRoles,
  SEND_FILE: allRoles,
  SET_TYPING: allRoles,
  MARK_SEEN: allRoles,
  LIST_AGENTS: allRoles,
  SET_AGENT_STATUS: allRoles,
  RENEW_VISITOR: allRoles,
  SEND_OFFLINE_MESSAGE: allRoles,
  LIST_OFFLINE_MESSAGES: allRoles,
}

/** A provider with one room that operators and several visitors can see; with a view per role, operators see more. */
export class FakeRoom {
  readonly messages = new Map<string, Message>()
  /** The callers that read, in order: `operator`, or a visitor's token. */
  readonly reads: string[] = []
  /** Callers that are not authorized for the room. */
  readonly revoked = new Set<string>()
  /** While it is true, no read is answered. */
  isStalled = false
  /** Reads that start while it is set are answered when it resolves, with what there was when they started. */
  answerAfter: Promise<void> | null = null
  readonly adapter: ChatAdapter

  constructor({ hasViewPerRole = false } = {}) {
    this.adapter = {
      ...unsupportedMethods('fake'),
      name: 'fake',
      kind: 'ROCKET_CHAT',
      supports,
      hasViewPerRole: hasViewPerRole,
      getHealth: async () => ({ status: 'UP', checkedAt: null, reason: null }),
      getRoomCapabilities: async () => [],
      close: async () => {},
      readRecentMessages: async (_roomId, _from, { caller }) => this.#read(caller, hasViewPerRole),
    }
  }

  putMessages(...messages: readonly Message[]): void {
    for (const message of messages) this.messages.set(message.ref.messageId, message)
  }

  async #read(caller: Caller, hasViewPerRole: boolean) {
    const name = caller.role === 'VISITOR' ? caller.token : caller.role.toLowerCase()
    this.reads.push(name)
    if (this.isStalled) await new Promise(() => {})
    if (this.revoked.has(name)) throw new ChatError('NOT_FOUND', 'No such room.')
    const shown = [...this.messages.values()].filter(
      ({ visibility }) => visibility === 'EVERYONE' || caller.role === 'OPERATOR' || !hasViewPerRole,
    )
    await this.answerAfter
    return { messages: shown.sort((a, b) => comparePositions(a.position, b.position)), from: null }
  }
}
