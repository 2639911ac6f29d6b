import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** One address in front of several gateways. */
export interface LoadBalancer {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  close(): Promise<void>
}

/**
 * Passes each connection to the next gateway that accepts one, byte by byte, so it carries WebSockets too. `targets` are
 * the gateways' URLs. A client whose connection no gateway accepts is disconnected.
 */
export async function startLoadBalancer(targets: readonly string[]): Promise<LoadBalancer> {
  const ports = targets.map((target) => Number(new URL(target).port))
  const sockets = new Set<Socket>()
  let next = 0
  const connectTo = (client: Socket, tried: number): void => {
    const port = ports[next % ports.length]
    next += 1
    if (port === undefined || tried === ports.length) return void client.destroy()
    const gateway = connect(port, '127.0.0.1')
    sockets.add(gateway)
    gateway.once('close', () => sockets.delete(gateway))
    gateway.once('error', () => connectTo(client, tried + 1))
    gateway.once('connect', () => {
      gateway.removeAllListeners('error').on('error', () => client.destroy())
      client.once('close', () => gateway.destroy())
      gateway.once('close', () => client.destroy())
      client.pipe(gateway).pipe(client)
    })
  }
  const server = createServer((client) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client)).on('error', () => {})
    connectTo(client, 0)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
