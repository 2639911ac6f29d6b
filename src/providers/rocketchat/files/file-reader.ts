import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import type { FileRange, OpenedFile } from '../../../domain/files.ts'
import type { Attachment } from '../../../domain/model.ts'
import type { FileClient } from '../../../upstream/file-client.ts'
import { CREDENTIAL_NEEDED } from '../../shared/errors.ts'
import { toFileHeaders, toOpenedFile } from '../../shared/opened-file.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { Login } from '../agent/login-client.ts'

export interface FileReaderOptions {
  readonly provider: string
  readonly files: FileClient
  /** Null if none is configured. */
  readonly serviceAccount: Login | null
  readonly accountTokens: AccountTokens
}

const ROUTE = '/file-upload/:id/:name'

/** Reads files of messages as their caller (docs/providers/rocketchat.md 18.3). Credentials are sent in headers only. */
export class FileReader {
  readonly #options: FileReaderOptions

  constructor(options: FileReaderOptions) {
    this.#options = options
  }

  /**
   * Opens the file of an attachment whose message the caller has read: the server itself does not check that a file belongs
   * to a room. Throws ChatError, UpstreamError or ForeignRedirect.
   */
  async open({ providerUrl, ref }: Attachment, range: FileRange, call: CallContext): Promise<OpenedFile> {
    const { provider, files, serviceAccount, accountTokens } = this.#options
    const { caller, signal } = call
    if (providerUrl === null) throw notFound('file', provider)
    const request = { url: new URL(providerUrl), route: ROUTE, headers: toFileHeaders(range), signal }
    if (caller.role === 'VISITOR') {
      const credentialHeaders = { cookie: visitorCookies(ref.roomId, caller.token) }
      const open = async () =>
        toOpenedFile(await files.open({ ...request, credentialHeaders }), provider, true)
      // A denied file does not show whether the server knows the token.
      return accountTokens.runWithToken({ token: caller.token, caller }, open, () => false)
    }
    if (caller.role !== 'OPERATOR' || serviceAccount === null) {
      throw new ChatError('UNAUTHENTICATED', CREDENTIAL_NEEDED, { provider })
    }
    const { userId, authToken } = serviceAccount
    const credentialHeaders = { 'x-user-id': userId, 'x-auth-token': authToken }
    return toOpenedFile(await files.open({ ...request, credentialHeaders }), provider, false)
  }
}

/** The server decodes the values, so a token can have any characters. */
function visitorCookies(roomId: string, token: string): string {
  const values = { rc_room_type: 'l', rc_rid: roomId, rc_token: token }
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
}
