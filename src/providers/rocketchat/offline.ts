import type { CallContext } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import type { OfflineMessageDraft } from '../../domain/offline-messages.ts'
import { outcomeUnknown } from '../shared/errors.ts'
import { emptyResponse } from '../shared/response-format.ts'
import type { RocketChatClient } from './client.ts'
import { isUnexplainedError, mayHaveBeenProcessed } from './errors.ts'

/** Values for servers that require them, used if the input has none. */
export interface OfflineDefaults {
  readonly department: string | null
  readonly host: string | null
}

/**
 * Submits the offline form (docs/providers/rocketchat.md 3). The server stores nothing and recognizes no repetition:
 * each request that arrives is one mail. So a lost response is OUTCOME_UNKNOWN and the request is not repeated. Returns
 * null, because the server assigns no id.
 */
export async function submitOfflineForm(
  client: RocketChatClient,
  draft: OfflineMessageDraft,
  defaults: OfflineDefaults & { readonly provider: string },
  call: CallContext,
): Promise<null> {
  const body = buildOfflineForm(draft, defaults)
  const request = { method: 'POST', route: '/api/v1/livechat/offline.message', body } as const
  try {
    await client.send(request, emptyResponse, call)
    return null
  } catch (error) {
    throw translate(error, defaults.provider)
  }
}

/**
 * Builds the form's fields (docs/providers/rocketchat.md 3). The server puts them unescaped into an HTML mail, so they
 * are escaped here. The server turns newlines of the text into line breaks.
 */
export function buildOfflineForm(
  draft: OfflineMessageDraft,
  defaults: OfflineDefaults,
): Readonly<Record<string, string>> {
  const department = draft.department ?? defaults.department
  const host = draft.host ?? defaults.host
  return {
    name: escapeText(draft.name),
    email: escapeTags(draft.email),
    message: escapeText(draft.text),
    // The oldest servers accept exactly the three fields above.
    ...(department === null ? {} : { department: escapeTags(department) }),
    ...(host === null ? {} : { host: escapeAttribute(host) }),
  }
}

function escapeText(value: string): string {
  return escapeTags(value.replaceAll('&', '&amp;'))
}

/** Leaves ampersands, which make no markup: the server looks these values up, or sends to them, by their exact spelling. */
function escapeTags(value: string): string {
  return value.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Also escapes quotes: the mail puts the page's address into a link attribute. */
function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function translate(error: unknown, provider: string): unknown {
  if (mayHaveBeenProcessed(error)) return outcomeUnknown(provider, error)
  if (isUnexplainedError(error)) {
    const detail =
      'The provider did not send the message and gives no reason: its form may be disabled, the address rejected, or no recipient configured.'
    return new ChatError('PROVIDER_ERROR', detail, { provider, cause: error })
  }
  return error
}
