import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A TCP line to the test's PostgreSQL that can fail in the ways in which networks do. */
export interface PostgresProxy {
  readonly url: string
  /** Breaks all connections; new ones are refused. */
  disconnect(): Promise<void>
  /** Passes nothing on any more: connections stay open and new ones are accepted, without an answer. */
  stall(): void
  /** Passes nothing on any more on the connections that are open, as a network that has dropped them; new ones work. */
  stallOpenConnections(): void
  /** Lets new connections through again. */
  restore(): Promise<void>
}

/** Opens a line to a database of the test's server; closed when the test is over. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const proxy = await openPostgresProxy(databaseUrl)
  onTestFinished(() => proxy.disconnect())
  return proxy
}

/** Opens a line to a database of the test's server; `disconnect` closes it. */
export async function openPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const { pathname, searchParams } = new URL(databaseUrl)
  const directory = searchParams.get('host') ?? ''
  const sockets = new Set<Socket>()
  let isSilent = false
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => {})
  }
  const server = createServer((client) => {
    track(client)
    if (isSilent) return
    const database = connect(join(directory, '.s.PGSQL.5432'))
    track(database)
    client.pipe(database).pipe(client)
    client.once('close', () => database.destroy())
    database.once('close', () => client.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const stallOpenConnections = () => {
    for (const socket of sockets) socket.unpipe().pause()
  }
  const close = async () => {
    const closed = server.listening ? once(server, 'close') : null
    server.close()
    breakAll()
    await closed
  }
  return {
    url: `postgresql://postgres@127.0.0.1:${port}${pathname}`,
    disconnect: close,
    stall() {
      isSilent = true
      stallOpenConnections()
    },
    stallOpenConnections,
    async restore() {
      isSilent = false
      breakAll()
      if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening')
    },
  }
}
