import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How long a gateway may take to start on a busy machine. */
const START_MS = 120_000

/** Where and how a command runs. */
export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Starts the gateway by a shell command, checks the sandbox that it serves, and stops it. */
export async function checkStart(command: string, options: CommandOptions, hasPages: boolean): Promise<void> {
  // A group of its own, so that the signal also reaches what npm starts.
  const child = spawn('sh', ['-c', `exec ${command}`], { ...options, detached: true })
  const ended = once(child, 'exit')
  const stop = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  }
  const limit = setTimeout(stop, START_MS, 'SIGKILL')
  const url = await readAddress(child, ended)
  try {
    await checkSandbox(url, hasPages)
  } finally {
    stop('SIGTERM')
    await ended
    clearTimeout(limit)
  }
}

/** Reads the output of a gateway until it listens, and returns its address. Rejects with the output if it ends before. */
export async function readAddress(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<unknown>,
): Promise<string> {
  const output: string[] = []
  return new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output.push(String(chunk))
      const [, address] = /^listening on (\S+)$/m.exec(output.join('')) ?? []
      if (address) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    ended.then(() => reject(new Error(`the gateway ended:\n${output.join('')}`)), reject)
  })
}

async function checkSandbox(url: string, hasPages: boolean): Promise<void> {
  for (const path of ['/', '/widget/', '/widget.js']) {
    const { status } = await fetch(new URL(path, url))
    assert.equal(status, hasPages ? 200 : 404, path)
  }
  const graphiql = await fetch(url, { headers: { accept: 'text/html' } })
  assert.equal(graphiql.status, 200)
  assert.match(await graphiql.text(), /GraphiQL/)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query: '{ providers { name } }' })
  const response = await fetch(url, { method: 'POST', headers, body })
  const data = { providers: [{ name: 'rocketchat' }, { name: 'livechat' }] }
  assert.deepEqual(await response.json(), { data })
}
