import type { CallContext } from '../../../domain/adapter.ts'
import { notFound } from '../../../domain/errors.ts'
import type { FileRange, OpenedFile } from '../../../domain/files.ts'
import type { Attachment } from '../../../domain/model.ts'
import type { FileClient } from '../../../upstream/file-client.ts'
import { toFileHeaders, toOpenedFile } from '../../shared/opened-file.ts'

/** LiveChat's own domain of files (docs/providers/livechat.md 22). */
const FILE_DOMAIN = 'livechat-files.com'
const ROUTE = '/api/file/:path'

/** Whether an address is on a host for files: LiveChat's own, or the configured API's. */
export function isFileUrl({ protocol, hostname, port, origin }: URL, apiUrl: string): boolean {
  if (origin === new URL(apiUrl).origin) return true
  const isFileHost = hostname === FILE_DOMAIN || hostname.endsWith(`.${FILE_DOMAIN}`)
  return isFileHost && protocol === 'https:' && port === ''
}

/** Reads files of messages. Their addresses need no credential (docs/providers/livechat.md 22), so none is sent. */
export class FileReader {
  readonly #provider: string
  readonly #files: FileClient
  readonly #apiUrl: string

  constructor(provider: string, files: FileClient, apiUrl: string) {
    this.#provider = provider
    this.#files = files
    this.#apiUrl = apiUrl
  }

  /** Opens the file of an attachment whose message the caller has read. Throws ChatError, UpstreamError or ForeignRedirect. */
  async open({ providerUrl }: Attachment, range: FileRange, call: CallContext): Promise<OpenedFile> {
    const { caller, signal } = call
    const url = providerUrl === null ? null : new URL(providerUrl)
    if (url === null || !isFileUrl(url, this.#apiUrl)) throw notFound('file', this.#provider)
    const headers = toFileHeaders(range)
    const response = await this.#files.open({ url, route: ROUTE, headers, credentialHeaders: {}, signal })
    return toOpenedFile(response, this.#provider, caller.role === 'VISITOR')
  }
}
