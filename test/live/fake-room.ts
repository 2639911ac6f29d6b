import type { ChatAdapter } from '../../src/domain/adapter.ts'
import type { Caller } from '../../src/domain/caller.ts'
import type { CapabilityManifest } from '../../src/domain/capability.ts'
import { ChatError } from '../../src/domain/errors.ts'
import { comparePositions, type Message } from '../../src/domain/model.ts'
import { unsupportedMethods } from '../../src/providers/shared/unsupported-methods.ts'

const everybody = { roles: ['OPERATOR', 'VISITOR'], denialReason: '' } as const
const supports: CapabilityManifest = {
  LIST_ROOMS: everybody,
  READ_MESSAGES: everybody,
  START_ROOM: everybody,
  SEND_MESSAGE: everybody,
  UPDATE_MESSAGE: everybody,
  DELETE_MESSAGE: everybody,
  CLOSE_ROOM: everybody,
  SEND_OFFLINE_MESSAGE: everybody,
  LIST_OFFLINE_MESSAGES: everybody,
}

/** One room that operators and several visitors may see. With views by role, agents are shown more than visitors. */
export class FakeRoom {
  readonly messages = new Map<string, Message>()
  /** Who read, in order: `operator`, or a visitor's token. */
  readonly reads: string[] = []
  /** Callers whom the room is refused. */
  readonly revoked = new Set<string>()
  readonly adapter: ChatAdapter

  constructor({ viewsByRole = false } = {}) {
    this.adapter = {
      ...unsupportedMethods('fake'),
      name: 'fake',
      kind: 'ROCKET_CHAT',
      supports,
      hasViewPerRole: viewsByRole,
      getHealth: async () => ({ status: 'UP', checkedAt: null, reason: null }),
      getRoomCapabilities: () => [],
      close: async () => {},
      readRecentMessages: async (_roomId, _from, { caller }) => this.#read(caller, viewsByRole),
    }
  }

  putMessages(...messages: readonly Message[]): void {
    for (const message of messages) this.messages.set(message.ref.messageId, message)
  }

  async #read(caller: Caller, viewsByRole: boolean) {
    const name = caller.role === 'VISITOR' ? caller.token : caller.role.toLowerCase()
    this.reads.push(name)
    if (this.revoked.has(name)) throw new ChatError('NOT_FOUND', 'No such room.')
    const shown = [...this.messages.values()].filter(
      ({ visibility }) => visibility === 'EVERYONE' || caller.role === 'OPERATOR' || !viewsByRole,
    )
    return { messages: shown.sort((a, b) => comparePositions(a.position, b.position)), from: null }
  }
}
