import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { CustomField } from '../../../domain/model.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, isUnexplainedError } from '../errors.ts'

const CUSTOM_FIELDS = '/api/v1/livechat/custom.fields'

/** The fields as a request contains them. They replace earlier values. */
export function toWireFields(fields: readonly CustomField[]) {
  return fields.map(({ key, value }) => ({ key, value, overwrite: true }))
}

/** Fields to set with a visitor's token. */
export interface CustomFieldChange {
  readonly token: string
  readonly fields: readonly CustomField[]
  /** All fields of the input, by which an error names the one at fault. */
  readonly all: readonly CustomField[]
}

/**
 * Sets fields of the visitor and of its open room (docs/providers/rocketchat.md 14.3). Can be repeated.
 */
export async function setCustomFields(
  client: RocketChatClient,
  { token, fields, all }: CustomFieldChange,
  { provider, call }: { readonly provider: string; readonly call: CallContext },
): Promise<void> {
  const body = { token, customFields: toWireFields(fields) }
  const request = { method: 'POST', route: CUSTOM_FIELDS, body, visitorToken: token } as const
  try {
    await client.send(request, emptyResponse, call)
  } catch (error) {
    if (!hasErrorCode(error, 'invalid-custom-field')) throw explainFieldError(error, provider)
    // The server does not say which field it means.
    const [field] = fields.length === 1 ? fields : []
    const path = field ? `customFields.${all.indexOf(field)}.key` : 'customFields'
    const detail = 'This server has no custom field with this key.'
    throw new ChatError('INVALID_INPUT', detail, { provider, field: path, cause: error })
  }
}

/** The reason that a server gives for a value it does not accept is a translated text. */
export function explainFieldError(error: unknown, provider: string): unknown {
  if (!isUnexplainedError(error)) return error
  const detail = 'This server does not accept one of the custom fields, or requires another.'
  return new ChatError('INVALID_INPUT', detail, { provider, field: 'customFields', cause: error })
}
