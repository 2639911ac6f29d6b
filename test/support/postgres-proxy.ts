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
  /**
   * Passes on the next query that contains this text, on a connection that has sent `after` before, and loses its answer. CONNECTION: the connection breaks. SERVER: it stays, as
   * at a pooler that reports the loss of its own connection to the server and continues with another one.
   */
  loseAnswer(lost: LostConnection, query: string, after?: string): void
  /** Lets new connections through again. */
  restore(): Promise<void>
}

type LostConnection = 'CONNECTION' | 'SERVER'

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
  let losing: { readonly lost: LostConnection; readonly query: string; readonly after: string } | null = null
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => {})
  }
  const server = createServer((client) => {
    track(client)
    if (isSilent) return
    const database = connect(join(directory, '.s.PGSQL.5432'))
    track(database)
    let isAfter = false
    client.on('data', (data: Buffer) => {
      if (losing === null) return
      isAfter ||= data.includes(losing.after)
      if (!isAfter || !data.includes(losing.query)) return
      const { lost } = losing
      losing = null
      database.unpipe(client)
      database.once('data', () => {
        if (lost === 'CONNECTION') client.destroy()
        else {
          client.write(serverLost())
          database.pipe(client)
        }
      })
      database.resume()
    })
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
    loseAnswer(lost, query, after = query) {
      losing = { lost, query, after }
    },
    async restore() {
      isSilent = false
      breakAll()
      if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening')
    },
  }
}

/** What a pooler sends in place of an answer that it cannot get any more: an ErrorResponse, and that it is ready for the next query. */
function serverLost(): Buffer {
  const fields = ['SERROR', 'VERROR', 'C08P01', 'Mserver conn crashed?', ''].map((field) => `${field}\0`)
  return Buffer.concat([message('E', fields.join('')), message('Z', 'I')])
}

function message(type: string, body: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(4 + Buffer.byteLength(body))
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)])
}
