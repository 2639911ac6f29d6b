import { once } from 'node:events'
import { createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { asOperator, type FilesGateway, openFilesGateway, roomAt } from './files-gateway.ts'

const MIB = 1024 * 1024
const SIZE = 96 * MIB
/** More than the kernel holds for the sockets between a client and a provider that reads nothing. */
const MAX_BUFFERED = 64 * MIB

/** A promise and the function that resolves it. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve: (value: T) => resolve(value) }
}

/** A proxy in front of the Rocket.Chat sandbox, which hands requests to paths that match to the test. */
async function openInterceptor(
  target: () => string,
  pattern: RegExp,
  intercept: (req: IncomingMessage, res: ServerResponse) => void,
) {
  const server = createServer((req, res) => {
    if (pattern.test(req.url ?? '')) return intercept(req, res)
    const { host: _host, ...headers } = req.headers
    const forwarded = open(target() + req.url, { method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(res)
    })
    req.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A gateway whose Rocket.Chat hands requests for files to the test. */
async function openStreamingGateway(
  pattern: RegExp,
  intercept: (req: IncomingMessage, res: ServerResponse) => void,
  options: Parameters<typeof openFilesGateway>[0] = {},
): Promise<FilesGateway> {
  let target = ''
  const url = await openInterceptor(() => target, pattern, intercept)
  return openFilesGateway({
    config: { upstreamTimeoutMs: 60_000 },
    configureRocketChat: (config, sandbox) => {
      target = sandbox.url
      return { ...config, url }
    },
    ...options,
  })
}

/** Begins an upload, and returns the request with how many bytes it has accepted. */
function startUpload(gateway: FilesGateway, size: number) {
  const { id, visitor } = roomAt(gateway, 'rocketchat')
  const upload = open(gateway.address(`/rooms/${id}/files?name=big.bin`), {
    method: 'POST',
    headers: { ...visitor, 'content-type': 'application/octet-stream', 'content-length': size },
    agent: false,
  })
  upload.on('error', () => {})
  return upload
}

/** Writes until the other side takes no more, for as long as that stays so over some turns of the event loop. */
async function writeUntilBlocked(
  write: (chunk: Buffer) => boolean,
  drained: () => Promise<unknown>,
  max: number,
) {
  const chunk = Buffer.alloc(64 * 1024)
  let written = 0
  while (written < max) {
    written += chunk.length
    if (write(chunk)) continue
    const isBlocked = await Promise.race([
      drained().then(() => false),
      new Promise<boolean>((resolve) => setTimeout(resolve, 500, true)),
    ])
    if (isBlocked) break
  }
  return written
}

const UPLOAD = /\/livechat\/upload\//
const DOWNLOAD = /^\/file-upload\//

describe('an upload', () => {
  it('is held in bounded memory while the provider takes nothing', async () => {
    const arrived = deferred<IncomingMessage>()
    const gateway = await openStreamingGateway(UPLOAD, (req) => {
      req.pause()
      arrived.resolve(req)
    })
    const upload = startUpload(gateway, SIZE)
    const written = await writeUntilBlocked(
      (chunk) => upload.write(chunk),
      () => once(upload, 'drain'),
      SIZE,
    )
    await arrived.promise
    expect(written).toBeLessThan(MAX_BUFFERED)
    upload.destroy()
  })

  it('is aborted at the provider when the client disconnects', async () => {
    const closed = deferred<void>()
    const arrived = deferred<void>()
    const gateway = await openStreamingGateway(UPLOAD, (req) => {
      req.resume()
      req.once('error', () => {})
      req.once('close', () => closed.resolve())
      arrived.resolve()
    })
    const upload = startUpload(gateway, 64 * MIB)
    upload.write(Buffer.alloc(64 * 1024))
    await arrived.promise
    upload.destroy()
    await closed.promise
    expect(gateway.rocketChat.workspace.messages(roomAt(gateway, 'rocketchat').nativeId)).not.toContainEqual(
      expect.objectContaining({ file: expect.anything() }),
    )
  })

  it('that the provider refuses early is answered before it is complete', async () => {
    const gateway = await openStreamingGateway(UPLOAD, (req, res) => {
      const body = JSON.stringify({ success: false, reason: 'error-size-not-allowed' })
      res
        .writeHead(400, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
        .end(body)
      req.resume()
      req.once('error', () => {})
    })
    const upload = startUpload(gateway, 64 * MIB)
    upload.write(Buffer.alloc(64 * 1024))
    const [response] = (await once(upload, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    const [body] = (await once(response.setEncoding('utf8'), 'data')) as [string]
    expect(JSON.parse(body)).toMatchObject({ code: 'INVALID_INPUT', field: 'file' })
    upload.destroy()
  })

  it('whose connection the provider cuts early was not sent', async () => {
    const gateway = await openStreamingGateway(UPLOAD, (req) => {
      req.once('data', () => req.socket.destroy())
    })
    const upload = startUpload(gateway, 64 * MIB)
    upload.write(Buffer.alloc(64 * 1024))
    const [response] = (await once(upload, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(503)
    upload.destroy()
  })

  it('that stops arriving is 408, and aborted at the provider', async () => {
    const closed = deferred<void>()
    const gateway = await openStreamingGateway(
      UPLOAD,
      (req) => {
        req.resume()
        req.once('error', () => {})
        req.once('close', () => closed.resolve())
      },
      { gateway: { transferIdleMs: 50 } },
    )
    const upload = startUpload(gateway, 64 * MIB)
    upload.write(Buffer.alloc(64 * 1024))
    const [response] = (await once(upload, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(408)
    await closed.promise
    upload.destroy()
  })

  it('beyond the transfers of its caller is 429', async () => {
    const gateway = await openStreamingGateway(UPLOAD, (req) => void req.resume())
    const uploads = Array.from({ length: 9 }, () => {
      const upload = startUpload(gateway, 64 * MIB)
      upload.write(Buffer.alloc(1024))
      return upload
    })
    const responses = uploads.map((upload) => once(upload, 'response') as Promise<[IncomingMessage]>)
    const [first] = await Promise.race(responses)
    expect(first.statusCode).toBe(429)
    expect(first.headers['retry-after']).toBe('1')
    for (const upload of uploads) upload.destroy()
  })
})

describe('a download', () => {
  /** A provider that sends as much of a large file as is taken. */
  function sendLarge(onWritten: (bytes: number) => void) {
    return async (_req: IncomingMessage, res: ServerResponse) => {
      res.on('error', () => {})
      res.writeHead(200, { 'content-type': 'image/png', 'content-length': SIZE })
      onWritten(
        await writeUntilBlocked(
          (chunk) => res.write(chunk),
          () => once(res, 'drain'),
          SIZE,
        ),
      )
    }
  }

  it('is held in bounded memory while the client takes nothing', async () => {
    const written = deferred<number>()
    const gateway = await openStreamingGateway(DOWNLOAD, sendLarge(written.resolve))
    const id = roomAt(gateway, 'rocketchat').receiveFile()
    const download = open(gateway.address(`/files/${id}`), { headers: asOperator, agent: false })
    download.end()
    const [response] = (await once(download, 'response')) as [IncomingMessage]
    response.pause()
    expect(await written.promise).toBeLessThan(MAX_BUFFERED)
    download.destroy()
  })

  it('whose client takes nothing is cut', async () => {
    const closed = deferred<void>()
    const gateway = await openStreamingGateway(
      DOWNLOAD,
      (req, res) => {
        req.socket.once('close', () => closed.resolve())
        void sendLarge(() => {})(req, res)
      },
      { gateway: { transferIdleMs: 100 } },
    )
    const id = roomAt(gateway, 'rocketchat').receiveFile()
    const download = open(gateway.address(`/files/${id}`), { headers: asOperator, agent: false })
    download.on('error', () => {})
    download.end()
    const [response] = (await once(download, 'response')) as [IncomingMessage]
    response.on('error', () => {})
    response.pause()
    await closed.promise
    download.destroy()
  })

  it('that the provider breaks off is broken off for the client', async () => {
    const gateway = await openStreamingGateway(DOWNLOAD, (_req, res) => {
      res.writeHead(200, { 'content-length': 1000 })
      res.write('part', () => res.destroy())
    })
    const id = roomAt(gateway, 'rocketchat').receiveFile()
    const response = await fetch(gateway.address(`/files/${id}`), { headers: asOperator })
    await expect(response.arrayBuffer()).rejects.toThrow()
  })
})
