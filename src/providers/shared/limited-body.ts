import type { FileRejected } from '../../domain/errors.ts'

/** Passes a body on. Fails with the error of `createError` as soon as it has more than `maxBytes` bytes. */
export async function* limitBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  createError: () => FileRejected,
): AsyncGenerator<Uint8Array, void, void> {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw createError()
    yield chunk
  }
}
