import { setTimeout } from 'node:timers/promises'
import { createRandom } from '../../sandbox/livechat/random.ts'
import type { RocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { OfflineStore, StoredMessage } from '../../src/offline/offline-store.ts'
import { type Acknowledgement, type Replica, type ReplicaSettings, startReplica } from './replica.ts'

const PUMPS = 4
/** A replica is killed so many answers and so much time after its door opened, at the most. */
const MOST_ANSWERS = 20
const LONGEST_WAIT_MS = 40
/** Attempts that one replica makes at once. */
const WIDTH = 4

export interface CrashTestOptions {
  readonly child: string
  readonly settings: ReplicaSettings
  readonly rocketChat: RocketChatSandbox
  /** The same database, to look into. */
  readonly store: OfflineStore
  readonly rounds: number
  readonly replicas: number
  readonly seed: number
}

/** What a campaign came to; `faults` is empty where every promise was kept. */
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
 * compares what clients were told and what the store holds with what arrived. Clients whose answer was cut ask
 * again under their key.
 */
export async function runCrashTest(options: CrashTestOptions): Promise<CrashTestReport> {
  const { child, settings, rounds, replicas, rocketChat, store } = options
  const random = createRandom(options.seed)
  const told = new Map<string, Acknowledgement>()
  const unanswered: string[] = []
  let next = 0

  /** One client: leaves message after message until its replica is gone. */
  async function pump(replica: Replica): Promise<void> {
    for (;;) {
      const text = unanswered.shift() ?? `message ${next++}`
      try {
        told.set(text, await replica.accept({ draft: draftOf(text), key: text }))
      } catch {
        unanswered.push(text)
        return
      }
    }
  }

  for (let round = 0; round < rounds; round += 1) {
    const running = await Promise.all(Array.from({ length: replicas }, () => startReplica(child, settings)))
    // Some answers come late, so that many a kill falls between a request and its answer.
    const disarm = rocketChat.injectFault({ kind: 'slow', ms: Math.floor(random() * 30) })
    const pumps = running.flatMap((replica) => Array.from({ length: PUMPS }, () => pump(replica)))
    await Promise.all(
      running.map(async (replica) => {
        const acknowledged = told.size + Math.floor(random() * MOST_ANSWERS)
        const longer = random() * LONGEST_WAIT_MS
        while (told.size < acknowledged) await setTimeout(1)
        await setTimeout(longer)
        await replica.kill()
      }),
    )
    await Promise.all(pumps)
    disarm()
  }

  const last = await startReplica(child, settings)
  for (const text of unanswered) told.set(text, await last.accept({ draft: draftOf(text), key: text }))
  while ((await store.countByState()).some(({ state }) => state === 'QUEUED' || state === 'SENDING'))
    await setTimeout(20)
  await last.kill()
  return judge(options, told, await everything(store))
}

function judge(
  { rocketChat, rounds, replicas }: CrashTestOptions,
  told: ReadonlyMap<string, Acknowledgement>,
  stored: readonly StoredMessage[],
): CrashTestReport {
  const faults: string[] = []
  const byText = groupedBy(stored, ({ draft }) => draft.text)
  const mails = groupedBy(rocketChat.workspace.mails, ({ message }) => message)
  const cut = new Set(rocketChat.calls.filter(({ aborted }) => aborted).map(({ body }) => textOf(body)))
  for (const [text, { id }] of told) {
    if (byText.get(text)?.length !== 1 || byText.get(text)?.[0]?.id !== id)
      faults.push(`${text}: lost, or not as told`)
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
  // Nobody but a replica that died in the middle of an attempt leaves one.
  if (unconfirmed > rounds * replicas * WIDTH)
    faults.push(`${unconfirmed} UNCONFIRMED after ${rounds} rounds`)
  return {
    acknowledged: told.size,
    accepted: stored.length,
    mails: rocketChat.workspace.mails.length,
    unconfirmed,
    cutAnswers: cut.size,
    faults,
  }
}

async function everything(store: OfflineStore): Promise<readonly StoredMessage[]> {
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
