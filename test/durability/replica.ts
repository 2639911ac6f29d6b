import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { OfflineMessageDraft } from '../../src/domain/offline-messages.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { bundle } from '../support/bundle.ts'

/** Settings of a replica process. */
export interface ReplicaSettings extends StoreSettings {
  readonly rocketChatUrl: string
  readonly spacingMs: number
  readonly leaseMs: number
}

/** Request to accept a message. */
export interface AcceptMessage {
  readonly draft: OfflineMessageDraft
  readonly key: string
}

/** Response for an accepted message. */
export interface Acknowledgement {
  readonly id: string
  readonly state: string
}

/** The replica as one JavaScript file, which starts fast enough for hundreds of rounds. */
export interface ReplicaBuild {
  readonly path: string
  remove(): void
}

/** Builds the replica below `node_modules`, where it finds its packages. */
export async function buildReplica(): Promise<ReplicaBuild> {
  const outDir = fileURLToPath(
    new URL(`../../node_modules/.cache/offline-replica-${process.pid}`, import.meta.url),
  )
  mkdirSync(outDir, { recursive: true })
  await bundle(fileURLToPath(new URL('./replica-process.ts', import.meta.url)), outDir)
  return {
    path: `${outDir}/replica-process.js`,
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  }
}

/** A running replica. */
export interface Replica {
  /** Sends a message; rejects if the replica dies before its response. */
  accept(message: AcceptMessage): Promise<Acknowledgement>
  /** Sends SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>
}

/** Starts a replica; resolves when it accepts requests. */
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
      kill(child)
      await gone
    },
  }
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL')
}

async function post(port: number, message: AcceptMessage): Promise<Acknowledgement> {
  const sending = request({ host: '127.0.0.1', port, method: 'POST', agent: false })
  sending.end(JSON.stringify(message))
  const [response] = await once(sending, 'response')
  const body = await json(response)
  if (response.statusCode !== 200) throw new Error(`the replica responded with ${response.statusCode}`)
  return body as Acknowledgement
}
