import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { UploadBody } from '../../src/upstream/upload-body.ts'

const CHUNK = Buffer.alloc(64 * 1024)

/** A source that counts what is read from it, and whether it was closed. */
function createSource(chunks: number) {
  const state = { read: 0, isClosed: false }
  async function* read() {
    try {
      for (let index = 0; index < chunks; index += 1) {
        state.read += 1
        yield CHUNK
      }
    } finally {
      state.isClosed = true
    }
  }
  return { state, upload: { contentType: 'a/b', contentLength: null, body: read() } }
}

describe('an upload', () => {
  it('reads no more than two chunks ahead of a server that takes nothing', async () => {
    const { state, upload } = createSource(1_000)
    const waits: boolean[] = []
    const { stream } = new UploadBody(upload, (forServer) => void waits.push(forServer))
    stream.read(0)
    await once(stream, 'readable')
    expect(state.read).toBeLessThanOrEqual(2)
    // The server is waited for, not the source.
    expect(waits.at(-1)).toBe(true)
    stream.destroy()
  })

  it('is complete when the whole source was read', async () => {
    const { state, upload } = createSource(5)
    const body = new UploadBody(upload, () => {})
    let bytes = 0
    for await (const chunk of body.stream) bytes += chunk.length
    expect(bytes).toBe(5 * CHUNK.length)
    expect(body.isComplete).toBe(true)
    expect(state.isClosed).toBe(true)
  })

  it('closes its source when it is cut', async () => {
    const { state, upload } = createSource(5)
    const body = new UploadBody(upload, () => {})
    body.stream.read(0)
    await once(body.stream, 'readable')
    body.stream.destroy()
    await once(body.stream, 'close')
    expect(state.isClosed).toBe(true)
    expect(body.isComplete).toBe(false)
    expect(body.failure).toBeNull()
  })

  it('reports the failure of its source', async () => {
    const failure = new Error('gone')
    const body = new UploadBody(
      {
        contentType: 'a/b',
        contentLength: null,
        // biome-ignore lint/correctness/useYield: it fails before the first chunk
        body: (async function* () {
          throw failure
        })(),
      },
      () => {},
    )
    await expect(body.stream.toArray()).rejects.toBe(failure)
    expect(body.failure).toBe(failure)
  })
})
