import { randomBytes } from 'node:crypto'
import { demoContent, type ServedFile } from '../../file-response.ts'
import type { SentFile } from '../../multipart.ts'
import type { Licence } from '../store/licence.ts'

/** The vendor's host of files. */
const VENDOR_HOST = 'https://cdn.livechat-files.com'
/** How long an address that no event uses is valid (docs/providers/livechat.md 22). */
const UNUSED_MS = 24 * 3_600_000

interface StoredFile extends ServedFile {
  readonly name: string
  readonly uploadedAt: number
}

/** The files of one licence by the path of their address. In the sandbox, the host of files is the sandbox itself. */
export class FileStore {
  readonly #licence: Licence
  readonly #files = new Map<string, StoredFile>()
  #origin = VENDOR_HOST

  constructor(licence: Licence) {
    this.#licence = licence
  }

  /** Serves files at this origin, those of the demo data too. */
  serveAt(origin: string): void {
    this.#origin = origin
    for (const chat of this.#licence.chats.values()) {
      for (const { events } of chat.threads) {
        for (const [index, event] of events.entries()) {
          const { url, name, content_type: type } = event.fields
          if (event.type !== 'file' || !String(url).startsWith(VENDOR_HOST)) continue
          const { pathname } = new URL(String(url))
          const content = demoContent(String(type))
          this.#files.set(pathname, { ...content, name: String(name), uploadedAt: this.#licence.now() })
          events[index] = { ...event, fields: { ...event.fields, url: origin + pathname } }
        }
      }
    }
  }

  /** Stores an uploaded file and returns its address. */
  add({ name, type, bytes }: SentFile): string {
    const path = `/api/file/lc/att/8948324/${randomBytes(16).toString('hex')}/${encodeURIComponent(name)}`
    this.#files.set(path, { name, type, bytes, uploadedAt: this.#licence.now() })
    return this.#origin + path
  }

  /** The file at an address, for the event that shows it; undefined for an address of the vendor's that is not stored here. */
  describe(url: string): { readonly name: string; readonly type: string; readonly size: number } | undefined {
    const file = this.#files.get(new URL(url).pathname)
    return file && { name: file.name, type: file.type, size: file.bytes.length }
  }

  /** Whether an event may contain this address: one of the vendor's host, or of this store. */
  isFileAddress(url: string): boolean {
    if (!URL.canParse(url)) return false
    const { origin, pathname } = new URL(url)
    return origin === VENDOR_HOST || (origin === this.#origin && this.find(pathname) !== undefined)
  }

  /** The file at a path; undefined for one that expired before an event used it. */
  find(path: string): ServedFile | undefined {
    const file = this.#files.get(path)
    if (!file) return undefined
    const isFresh = this.#licence.now() < file.uploadedAt + UNUSED_MS
    return isFresh || this.#isUsed(this.#origin + path) ? file : undefined
  }

  #isUsed(url: string): boolean {
    return [...this.#licence.chats.values()].some(({ threads }) =>
      threads.some(({ events }) => events.some(({ fields }) => fields['url'] === url)),
    )
  }
}
