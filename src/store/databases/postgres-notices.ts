import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { Client } from 'pg'
import type { Logger } from 'pino'
import type { LiveNoticeReceiver } from '../../coordination/live-log-store.ts'
import { deliverNotice, encodeNotice, type Notice, type ReplicaNotices } from '../live/notice.ts'
import type { Tables } from '../tables.ts'

const CHANNEL = 'switchboard_live'
const SENDER_BYTES = 9
/** The wait before the first reconnection; it doubles each time. Half of it is random, so that replicas do not return together. */
const FIRST_RECONNECT_MS = 100
const MAX_RECONNECT_MS = 2_000
/** How often a connection without notices is checked, and how long it may take to connect or to answer. */
const CHECK_INTERVAL_MS = 3_000
const TIMEOUT_MS = 2_000

/** Notices between processes over PostgreSQL's LISTEN and NOTIFY. A process does not receive its own. */
export class PostgresNotices implements ReplicaNotices {
  readonly #connectionString: string
  readonly #db: Kysely<Tables>
  readonly #log: Logger
  readonly #sender = randomBytes(SENDER_BYTES).toString('base64url')
  readonly #listeners = new Set<NoticeListener>()

  /** `db` sends the notices outside of transactions; it should not keep them waiting. */
  constructor(connectionString: string, db: Kysely<Tables>, log: Logger) {
    this.#connectionString = connectionString
    this.#db = db
    this.#log = log
  }

  send(text: string): Promise<void> {
    return this.publish(this.#db, { kind: 'text', text })
  }

  async publish(db: Kysely<Tables>, notice: Notice): Promise<void> {
    for (const payload of encodeNotice(this.#sender, notice)) {
      await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db)
    }
  }

  listen(receiver: LiveNoticeReceiver): () => Promise<void> {
    const listener = new NoticeListener({
      connectionString: this.#connectionString,
      log: this.#log,
      onConnect: () => receiver.onResumed(),
      onPayload: (payload) => deliverNotice(payload, this.#sender, receiver),
    })
    this.#listeners.add(listener)
    return async () => {
      this.#listeners.delete(listener)
      await listener.close()
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener.close()))
  }
}

interface NoticeListenerOptions {
  readonly connectionString: string
  readonly log: Logger
  /** A connection listens: for the first time, or again. */
  readonly onConnect: () => void
  readonly onPayload: (payload: string) => void
}

/** A connection that listens until it is closed. It is replaced if it breaks or does not respond. */
class NoticeListener {
  readonly #options: NoticeListenerOptions
  #client: Client | null = null
  #timer: NodeJS.Timeout | null = null
  #failures = 0
  #isClosed = false

  /** Connects at once; the callbacks are called later. */
  constructor(options: NoticeListenerOptions) {
    this.#options = options
    void this.#connect()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    const client = this.#client
    this.#client = null
    // A server that does not respond must not keep the process from stopping.
    if (client) await Promise.race([client.end(), sleep(TIMEOUT_MS, undefined, { ref: false })])
  }

  async #connect(): Promise<void> {
    const { connectionString, log, onConnect, onPayload } = this.#options
    const client = new Client({
      connectionString,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
      application_name: 'switchboard notices',
    })
    this.#client = client
    client.on('error', (error) => this.#replace(client, error))
    client.on('notification', ({ payload }) => {
      if (client === this.#client) onPayload(payload ?? '')
    })
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      this.#replace(client, error)
      return
    }
    if (client !== this.#client) return
    if (this.#failures > 0) log.info('notices of other replicas are received again')
    this.#failures = 0
    this.#scheduleCheck(client)
    onConnect()
  }

  /** A connection that a network has dropped silently stays open here, and receives nothing. */
  #scheduleCheck(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => client === this.#client && this.#scheduleCheck(client),
        (error: unknown) => this.#replace(client, error),
      )
    }, CHECK_INTERVAL_MS)
  }

  #replace(client: Client, error: unknown): void {
    if (client !== this.#client || this.#isClosed) return
    this.#client = null
    if (this.#timer) clearTimeout(this.#timer)
    client.end().catch(() => {})
    if (this.#failures === 0)
      this.#options.log.warn({ err: error }, 'notices of other replicas are not received')
    const maxMs = Math.min(FIRST_RECONNECT_MS * 2 ** this.#failures, MAX_RECONNECT_MS)
    this.#failures += 1
    this.#timer = setTimeout(() => void this.#connect(), maxMs * (0.5 + Math.random() / 2))
  }
}
