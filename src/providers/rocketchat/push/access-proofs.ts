import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { AgentRooms } from '../agent/agent-rooms.ts'
import { PAGE_SIZE } from '../agent/offset-pages.ts'

/** From this many waiting rooms on, a page of the room list proves more than a request for one room. */
const MIN_FOR_LIST = 3
/** Pages that are read for the rooms that wait; those that are in none of them are read one by one. */
const MAX_PAGES = 20

/** A room whose access is not proven yet. */
interface WaitingRoom {
  readonly call: CallContext
  readonly proven: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Proves that the service account sees rooms, and that they are livechat rooms: it can also see channels. Any read proves
 * it, and so does a pushed message. Requests are few, since a stock server answers ten a minute: one at a time, and lists
 * while several rooms wait.
 */
export class AccessProofs {
  readonly #agentRooms: Pick<AgentRooms, 'isKnownAccessible' | 'getAccessible' | 'listByUpdateTime'>
  readonly #waiting = new Map<string, WaitingRoom>()
  #isRunning = false
  /** Rows of the list that were read for the rooms that wait. */
  #offset = 0
  /** Subscribers wait for it, so it is not spread over the server's window like polls, until only the interactive reserve is left. */
  #priority: 'subscribe' | 'background' = 'subscribe'
  /** Ends the request that runs, when what it should prove is proven. */
  #request = new AbortController()

  constructor(agentRooms: Pick<AgentRooms, 'isKnownAccessible' | 'getAccessible' | 'listByUpdateTime'>) {
    this.#agentRooms = agentRooms
  }

  /** Resolves when the access is proven. Rejects with what the read of the room throws. */
  prove(roomId: string, call: CallContext): Promise<void> {
    if (this.#agentRooms.isKnownAccessible(roomId)) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const earlier = this.#waiting.get(roomId)
      this.#waiting.set(roomId, {
        call,
        proven: () => {
          earlier?.proven()
          resolve()
        },
        failed: (error) => {
          earlier?.failed(error)
          reject(error)
        },
      })
      // Rows that were read would have proven it, so a pass goes on; a further one begins only after it.
      if (!this.#isRunning || this.#offset >= MAX_PAGES * PAGE_SIZE) this.#offset = 0
      if (!this.#isRunning) void this.#run()
    })
  }

  /** The server has shown the room to the service account. */
  onProven(roomId: string): void {
    const room = this.#waiting.get(roomId)
    if (!room) return
    this.#waiting.delete(roomId)
    room.proven()
    if (this.#waiting.size === 0) this.#request.abort()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (;;) {
      const [next] = this.#waiting
      if (next === undefined) break
      const [roomId, room] = next
      this.#request = new AbortController()
      const signal = AbortSignal.any([room.call.signal, this.#request.signal])
      const priority = this.#priority
      const call = { ...room.call, signal, priority }
      this.#priority = 'subscribe'
      const hasList = this.#waiting.size >= MIN_FOR_LIST && this.#offset < MAX_PAGES * PAGE_SIZE
      try {
        if (hasList) {
          const { rowCount } = await this.#agentRooms.listByUpdateTime(this.#offset, PAGE_SIZE, call)
          this.#offset = rowCount < PAGE_SIZE ? MAX_PAGES * PAGE_SIZE : this.#offset + PAGE_SIZE
        } else {
          await this.#agentRooms.getAccessible(roomId, call)
          this.onProven(roomId)
        }
      } catch (error) {
        if (priority === 'subscribe' && error instanceof ChatError && error.code === 'RATE_LIMITED') {
          this.#priority = 'background'
          continue
        }
        // Without the permission to list, each room is read.
        if (hasList) this.#offset = MAX_PAGES * PAGE_SIZE
        else if (this.#waiting.delete(roomId)) room.failed(error)
      }
    }
    this.#isRunning = false
  }
}
