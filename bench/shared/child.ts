import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Commands of a child process by their names: each takes plain data and returns plain data. */
export type Commands = Readonly<Record<string, (argument: never) => unknown>>

/** A process that runs one part of a measurement. */
export interface Child<C extends Commands> {
  call<K extends keyof C & string>(name: K, ...argument: Parameters<C[K]>): Promise<Awaited<ReturnType<C[K]>>>
  stop(): void
}

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly failed?: string
}

/**
 * Starts a process from a file, relative to `bench`. With two processors or more, servers run on the first and clients
 * on the second, so that they do not compete for CPU time.
 */
export function startChild<C extends Commands>(file: string, processor: 'server' | 'client'): Child<C> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const node = ['--import', 'tsx', '--no-warnings', '--expose-gc', '--max-semi-space-size=16']
  const child = fork(path, {
    ...(availableParallelism() > 1
      ? {
          execPath: 'taskset',
          execArgv: ['-c', processor === 'server' ? '0' : '1', process.execPath, ...node],
        }
      : { execArgv: node }),
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const waiting = new Map<number, (reply: Reply) => void>()
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  let isStopped = false
  child.once('exit', () => {
    if (!isStopped) for (const [id, reply] of waiting) reply({ id, failed: 'the process has ended' })
  })
  let lastId = 0
  return {
    call: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, ({ value, failed }) => {
          if (failed === undefined) resolve(value as Awaited<ReturnType<C[typeof name]>>)
          else reject(new Error(`${file} ${name}: ${failed}`))
        })
        child.send({ id: lastId, name, argument })
      }),
    stop: () => {
      isStopped = true
      child.kill('SIGKILL')
    },
  }
}

/** Serves commands to the process that started this one, and exits with it. */
export function serveCommands(commands: Commands): void {
  process.on('message', ({ id, name, argument }: { id: number; name: string; argument: never }) => {
    Promise.resolve()
      .then(() => commands[name]?.(argument))
      .then(
        (value) => process.send?.({ id, value }),
        (error: unknown) => process.send?.({ id, failed: String(error) }),
      )
  })
  process.on('disconnect', () => process.exit())
  // It may have ended while this process was loading.
  if (!process.connected) process.exit()
}
