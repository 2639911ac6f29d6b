import type { CallContext } from '../../../domain/adapter.ts'
import type { AgentRooms } from '../agent/agent-rooms.ts'

type ProvableRooms = Pick<AgentRooms, 'isKnownAccessible' | 'getAccessible' | 'confirmAccessible'>

/** A proof that is waited for. */
interface PendingProof {
  readonly result: Promise<void>
  /** Ends the read, because something else has proven it. */
  readonly proven: AbortController
}

/**
 * Proves that the service account sees rooms, and that they are livechat rooms: it can also see channels. Any response that
 * shows the room proves it, and so does a pushed message.
 */
export class AccessProofs {
  readonly #agentRooms: ProvableRooms
  readonly #pending = new Map<string, PendingProof>()

  constructor(agentRooms: ProvableRooms) {
    this.#agentRooms = agentRooms
  }

  /** Resolves when the access is proven. Rejects with what the read of the room throws. */
  prove(roomId: string, call: CallContext): Promise<void> {
    if (this.#agentRooms.isKnownAccessible(roomId)) return Promise.resolve()
    const { result } = this.#pending.get(roomId) ?? this.#start(roomId, call)
    return result
  }

  /** The server has shown the room to the service account. */
  onProven(roomId: string): void {
    this.#pending.get(roomId)?.proven.abort()
  }

  /** A message was pushed to the service account. The closing of a room is a system message: it is no proof of an open one. */
  onMessage(roomId: string, isSystemMessage: boolean): void {
    if (!isSystemMessage) this.#agentRooms.confirmAccessible(roomId)
    this.onProven(roomId)
  }

  #start(roomId: string, call: CallContext): PendingProof {
    const proven = new AbortController()
    const signal = AbortSignal.any([call.signal, proven.signal])
    // Subscribers wait for it.
    const read = this.#agentRooms.getAccessible(roomId, { ...call, signal, priority: 'subscribe' })
    const result = read
      .then(
        () => {},
        (error: unknown) => {
          if (!proven.signal.aborted) throw error
        },
      )
      .finally(() => this.#pending.delete(roomId))
    const proof = { result, proven }
    this.#pending.set(roomId, proof)
    return proof
  }
}
