import { Gauge, type Registry } from 'prom-client'

/** Numbers of open connections and subscriptions, read at each scrape. */
export interface OpenConnectionCounts {
  readonly webSockets: number
  readonly eventStreams: number
  readonly subscriptions: number
  /** Executions that these subscriptions share. */
  readonly sharedExecutions: number
}

/** Registers the metrics of open connections. The returned function sets what is read; until then they are 0. */
export function createConnectionMetrics(
  registry: Registry,
): (readCounts: () => OpenConnectionCounts) => void {
  let read = (): OpenConnectionCounts => ({
    webSockets: 0,
    eventStreams: 0,
    subscriptions: 0,
    sharedExecutions: 0,
  })
  new Gauge({
    name: 'switchboard_open_sockets',
    help: 'Open connections of clients that receive events, by transport: websocket or event_stream.',
    labelNames: ['transport'],
    registers: [registry],
    collect() {
      const { webSockets, eventStreams } = read()
      this.set({ transport: 'websocket' }, webSockets)
      this.set({ transport: 'event_stream' }, eventStreams)
    },
  })
  new Gauge({
    name: 'switchboard_open_subscriptions',
    help: 'Active GraphQL subscriptions of clients.',
    registers: [registry],
    collect() {
      this.set(read().subscriptions)
    },
  })
  new Gauge({
    name: 'switchboard_shared_executions',
    help: 'Executions that serve these subscriptions together: equal subscriptions share one.',
    registers: [registry],
    collect() {
      this.set(read().sharedExecutions)
    },
  })
  return (readCounts) => {
    read = readCounts
  }
}
