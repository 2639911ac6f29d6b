import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { OfflineMessageDraft } from '../../src/domain/adapter.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'

/** What the child is started with. */
export interface ReplicaSettings extends StoreSettings {
  readonly rocketChatUrl: string
  readonly spacingMs: number
  readonly leaseMs: number
}

/** What its door takes. */
export interface AcceptMessage {
  readonly draft: OfflineMessageDraft
  readonly key: string
}

/** What its door answers: the message is accepted. */
export interface Acknowledgement {
  readonly id: string
  readonly state: string
}

/** The child as one file of JavaScript: it starts in a moment, which hundreds of rounds need. */
export interface ReplicaBuild {
  readonly path: string
  remove(): void
}

/** Builds the child, below `node_modules`, where it finds its packages. */
export async function buildReplica(): Promise<ReplicaBuild> {
  const outDir = fileURLToPath(
    new URL(`../../node_modules/.cache/offline-child-${process.pid}`, import.meta.url),
  )
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'silent',
    // One file, but for the packages that are no modules: reading hundreds would take longer than the round.
    ssr: { noExternal: true, external: ['libsql', 'pg', 'pino'] },
    build: { ssr: fileURLToPath(new URL('./child.ts', import.meta.url)), outDir, target: 'node20' },
  })
  return { path: `${outDir}/child.js`, remove: () => rmSync(outDir, { recursive: true, force: true }) }
}

/** A running child. */
export interface Replica {
  /** Leaves a message; rejects where the child dies before its answer. */
  accept(message: AcceptMessage): Promise<Acknowledgement>
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a child; resolves when its door is open. */
export async function startReplica(path: string, settings: ReplicaSettings): Promise<Replica> {
  const child = spawn(process.execPath, [path, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const [port] = await Promise.race([
    once(child.stdout, 'data'),
    gone.then(() => Promise.reject(new Error('died'))),
  ])
  return {
    accept: (message) => post(Number(port), message),
    kill: async () => {
      end(child)
      await gone
    },
  }
}

function end(child: ChildProcess): void {
  child.kill('SIGKILL')
}

async function post(port: number, message: AcceptMessage): Promise<Acknowledgement> {
  const sending = request({ host: '127.0.0.1', port, method: 'POST', agent: false })
  sending.end(JSON.stringify(message))
  const [response] = await once(sending, 'response')
  const body = await json(response)
  if (response.statusCode !== 200) throw new Error(`the child answered ${response.statusCode}`)
  return body as Acknowledgement
}
