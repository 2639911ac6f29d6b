import { type GatewayProcess, type ProcessEnd, startProcess } from '../process/gateway-process.ts'

/** One gateway process of a cluster, which keeps its port over restarts. */
export class Replica {
  readonly #settings: Readonly<Record<string, string>>
  readonly #ends: ProcessEnd[] = []
  #process: GatewayProcess | null = null
  #url: string | null = null

  /** `settings` are the environment of the process. */
  constructor(settings: Readonly<Record<string, string>>) {
    this.#settings = settings
  }

  /** `http://HOST:PORT/graphql`. Throws before the first start. */
  get url(): string {
    if (this.#url === null) throw new Error('the replica has not started')
    return this.#url
  }

  /** How its processes ended so far, oldest first. */
  get ends(): readonly ProcessEnd[] {
    return this.#ends
  }

  get isRunning(): boolean {
    return this.#process !== null
  }

  /** Starts a process; resolves when it accepts connections. */
  async start(): Promise<void> {
    const port = this.#url === null ? '0' : new URL(this.#url).port
    const started = startProcess({ ...this.#settings, PORT: port })
    this.#process = started
    void started.ended.then((end) => {
      this.#ends.push(end)
      if (this.#process === started) this.#process = null
    })
    this.#url = await started.url
  }

  /** Sends SIGTERM; resolves with how the process ended. */
  terminate(): Promise<ProcessEnd> {
    return this.#end('SIGTERM')
  }

  /** Sends SIGKILL; resolves when the process has ended. */
  kill(): Promise<ProcessEnd> {
    return this.#end('SIGKILL')
  }

  /** Suspends the process (SIGSTOP): its connections stay open without an answer. */
  suspend(): void {
    this.#process?.signal('SIGSTOP')
  }

  resume(): void {
    this.#process?.signal('SIGCONT')
  }

  /** Kills the process if it runs, and removes its directory. */
  dispose(): void {
    this.#process?.dispose()
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<ProcessEnd> {
    const ending = this.#process
    if (!ending) throw new Error('the replica does not run')
    ending.signal(signal)
    const end = await ending.ended
    ending.dispose()
    return end
  }
}
