import { ChatError } from '../../../domain/errors.ts'
import type { CustomField } from '../../../domain/model.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { Authorization } from '../auth/authorization.ts'
import type { LiveChatClient } from '../client.ts'
import { hasErrorType } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { customerResponse } from '../wire.ts'

/** Details to set of a customer; null and an empty list change nothing. */
export interface CustomerDetails {
  readonly name: string | null
  readonly email: string | null
  /** E.164. */
  readonly phone: string | null
  /** The customer's session fields, which replace all earlier ones. */
  readonly customFields: readonly CustomField[]
}

export interface ContactDetailsOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly agent: Authorization
}

/** Sets details of customers, which the token request does not accept. All of it can be repeated. */
export class ContactDetails {
  readonly #options: ContactDetailsOptions

  constructor(options: ContactDetailsOptions) {
    this.#options = options
  }

  /** Sets the details of the customer whose API it is. */
  async set({ name, email, phone, customFields }: CustomerDetails, api: RoomApi): Promise<void> {
    const body = {
      ...(name === null ? {} : { name }),
      ...(email === null ? {} : { email }),
      ...(customFields.length === 0
        ? {}
        : { session_fields: customFields.map(({ key, value }) => ({ [key]: value })) }),
    }
    if (Object.keys(body).length > 0) await api.write('update_customer', body, emptyResponse)
    if (phone !== null) await this.#setPhone(phone, api)
  }

  /** Only agents can set a phone number (docs/providers/livechat.md 19). */
  async #setPhone(phone: string, api: RoomApi): Promise<void> {
    const { provider, client, agent } = this.#options
    const { id } = await api.read('get_customer', {}, customerResponse)
    const body = { id, phone_number: phone }
    const request = { api: 'agent', action: 'update_customer', body, isReadOnly: false } as const
    try {
      await client.send({ ...request, format: emptyResponse }, agent, api.call)
    } catch (error) {
      if (hasErrorType(error, 'validation')) {
        const detail = 'LiveChat does not accept this phone number.'
        throw new ChatError('INVALID_INPUT', detail, { provider, field: 'phone', cause: error })
      }
      if (!hasErrorType(error, 'authorization')) throw error
      const detail = 'A phone number needs the scope customers:rw of the configured LiveChat token.'
      throw new ChatError('FORBIDDEN', detail, { provider, cause: error })
    }
  }
}
