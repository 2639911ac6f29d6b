import { setTimeout } from 'node:timers/promises'
import { createRandom } from '../../sandbox/livechat/random.ts'
import type { RocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { OfflineStore, StoredMessage } from '../../src/offline/offline-store.ts'
import { type Acknowledgement, type Replica, type ReplicaSettings, startReplica } from './replica.ts'

const CLIENTS = 4
/** A replica is killed after at most this many responses and this time. */
const MAX_RESPONSES = 20
const MAX_WAIT_MS = 40
/** Concurrent attempts of one replica. */
const MAX_CONCURRENT_ATTEMPTS = 4

export interface CrashTestOptions {
  readonly replicaPath: string
  readonly settings: ReplicaSettings
  readonly rocketChat: RocketChatSandbox
  /** The same database, for inspection. */
  readonly store: OfflineStore
  readonly rounds: number
  readonly replicas: number
  readonly seed: number
}

/** Result of a crash test; `faults` is empty if every guarantee held. */
export interface CrashTestReport {
  readonly acknowledged: number
  readonly accepted: number
  readonly mails: number
  readonly unconfirmed: number
  readonly cutAnswers: number
  readonly faults: readonly string[]
}

/**
 * Kills replicas at random moments while they accept and deliver, round after round, lets a last one finish, and
 * compares the responses of clients and the contents of the store with what arrived. Clients without a response retry
 * with their key.
 */
export async function runCrashTest(options: CrashTestOptions): Promise<CrashTestReport> {
  const { replicaPath, settings, rounds, replicas, rocketChat, store } = options
  const random = createRandom(options.seed)
  const acknowledged = new Map<string, Acknowledgement>()
  const unanswered: string[] = []
  let next = 0

  /** One client: sends messages until its replica is dead. */
  async function sendMessages(replica: Replica): Promise<void> {
    for (;;) {
      const text = unanswered.shift() ?? `message ${next++}`
      try {
        acknowledged.set(text, await replica.accept({ draft: draftOf(text), key: text }))
      } catch {
        unanswered.push(text)
        return
      }
    }
  }

  for (let round = 0; round < rounds; round += 1) {
    const running = await Promise.all(
      Array.from({ length: replicas }, () => startReplica(replicaPath, settings)),
    )
    // Some responses are slow, so that kills fall between a request and its response.
    const disarm = rocketChat.injectFault({ kind: 'slow', ms: Math.floor(random() * 30) })
    const clients = running.flatMap((replica) => Array.from({ length: CLIENTS }, () => sendMessages(replica)))
    await Promise.all(
      running.map(async (replica) => {
        const target = acknowledged.size + Math.floor(random() * MAX_RESPONSES)
        const longer = random() * MAX_WAIT_MS
        while (acknowledged.size < target) await setTimeout(1)
        await setTimeout(longer)
        await replica.kill()
      }),
    )
    await Promise.all(clients)
    disarm()
  }

  const last = await startReplica(replicaPath, settings)
  for (const text of unanswered)
    acknowledged.set(text, await last.accept({ draft: draftOf(text), key: text }))
  while ((await store.countByState()).some(({ state }) => state === 'QUEUED' || state === 'SENDING'))
    await setTimeout(20)
  await last.kill()
  return checkGuarantees(options, acknowledged, await readAllMessages(store))
}

function checkGuarantees(
  { rocketChat, rounds, replicas }: CrashTestOptions,
  acknowledged: ReadonlyMap<string, Acknowledgement>,
  stored: readonly StoredMessage[],
): CrashTestReport {
  const faults: string[] = []
  const byText = groupedBy(stored, ({ draft }) => draft.text)
  const mails = groupedBy(rocketChat.workspace.mails, ({ message }) => message)
  const cut = new Set(rocketChat.calls.filter(({ aborted }) => aborted).map(({ body }) => textOf(body)))
  for (const [text, { id }] of acknowledged) {
    if (byText.get(text)?.length !== 1 || byText.get(text)?.[0]?.id !== id)
      faults.push(`${text}: lost, or not as acknowledged`)
  }
  for (const [text, [message]] of byText) {
    const arrived = mails.get(text)?.length ?? 0
    const { state = '', attempts = 0 } = message ?? {}
    if (arrived > 1) faults.push(`${text}: arrived ${arrived} times`)
    if (attempts !== 1) faults.push(`${text}: ${attempts} attempts`)
    if (state !== 'SENT' && state !== 'UNCONFIRMED') faults.push(`${text}: ended as ${state}`)
    if (state === 'SENT' && arrived !== 1) faults.push(`${text}: SENT and did not arrive`)
    if (cut.has(text) && state !== 'UNCONFIRMED')
      faults.push(`${text}: its answer was cut and it is ${state}`)
  }
  for (const text of mails.keys()) if (!byText.has(text)) faults.push(`${text}: arrived and is not stored`)
  const unconfirmed = stored.filter(({ state }) => state === 'UNCONFIRMED').length
  // Only a replica that died during an attempt leaves one.
  if (unconfirmed > rounds * replicas * MAX_CONCURRENT_ATTEMPTS)
    faults.push(`${unconfirmed} UNCONFIRMED after ${rounds} rounds`)
  return {
    acknowledged: acknowledged.size,
    accepted: stored.length,
    mails: rocketChat.workspace.mails.length,
    unconfirmed,
    cutAnswers: cut.size,
    faults,
  }
}

async function readAllMessages(store: OfflineStore): Promise<readonly StoredMessage[]> {
  const all = {
    from: null,
    to: null,
    department: null,
    email: null,
    text: null,
    states: null,
    nativeId: null,
  }
  return store.list({ ...all, providers: ['rocketchat'] }, null, 1_000_000)
}

function draftOf(text: string) {
  return { name: 'Ada', email: 'ada@mail.test', text, department: null, host: null }
}

function textOf(body: string): string {
  return (JSON.parse(body) as { readonly message: string }).message
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
