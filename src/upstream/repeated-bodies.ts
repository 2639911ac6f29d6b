import { hash, randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { ResponseBody } from './response-body.ts'

/** Memory of all bodies and of what is made from them. */
const MAX_BYTES = 32 * 1024 * 1024
const MAX_ENTRY_BYTES = 2 * 1024 * 1024
/** What is made from a body, its objects and strings, takes about this many times its size. */
const OBJECTS_PER_BODY = 4
/** Memory of an entry apart from its body. */
const ENTRY_BYTES = 2 * 1024
/** Milliseconds for which a body is kept: it may contain what visitors wrote, and visitor tokens. */
const KEPT_MS = 10 * 60_000

/** Bounds in bytes, of all bodies and of one, with the objects made from them: a body may take a fifth of its bound. */
export interface RepeatedBodiesOptions {
  readonly maxBytes?: number
  readonly maxEntryBytes?: number
}

/** Returns the shared object for consecutive equal bodies of one key. */
export type InternBody = (key: string, body: ResponseBody) => ResponseBody

/**
 * The last body of each read of all clients, in bounded memory. The server is still asked every time; a body with the bytes
 * of the last one only saves the parsing. The keys are hashes. The bodies hold what the provider sent, visitor tokens included.
 */
export class RepeatedBodies {
  readonly #bodies: LRUCache<string, ResponseBody>

  constructor({ maxBytes = MAX_BYTES, maxEntryBytes = MAX_ENTRY_BYTES }: RepeatedBodiesOptions = {}) {
    this.#bodies = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: maxEntryBytes,
      sizeCalculation: ({ bytes }) => ENTRY_BYTES + bytes.length * (1 + OBJECTS_PER_BODY),
      ttl: KEPT_MS,
      ttlAutopurge: true,
      // Read at each call, because fake timers replace it.
      perf: { now: () => performance.now() },
    })
  }

  /**
   * Returns a function that interns the bodies of one client: it returns the last body for the key if that has equal bytes,
   * else the given one. The key contains everything that decides the response, the credential included.
   */
  forClient(): InternBody {
    // Two accounts may be of one server, and what is made from a body names its account.
    const client = randomUUID()
    return (key, body) => this.#intern(hash('sha256', `${client} ${key}`, 'base64'), body)
  }

  #intern(keyHash: string, body: ResponseBody): ResponseBody {
    const last = this.#bodies.get(keyHash)
    if (last && body.equals(last)) return last
    this.#bodies.set(keyHash, body)
    return body
  }
}
