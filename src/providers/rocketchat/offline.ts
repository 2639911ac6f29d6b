import { z } from 'zod'
import type { CallContext, OfflineMessageDraft } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import { outcomeUnknown } from '../shared/errors.ts'
import type { RocketChatClient } from './client.ts'
import { mayHaveBeenProcessed, RocketChatError } from './errors.ts'

/** Sent where the server demands them and the input has none. */
export interface OfflineDefaults {
  readonly department: string | null
  readonly host: string | null
}

/**
 * Submits the offline form (docs/providers/rocketchat.md 3). The server stores nothing and recognises no
 * repetition: each call that arrives is one mail, so a lost answer is OUTCOME_UNKNOWN and nothing is repeated
 * here. Nor does it name what it did: the answer is always null.
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
    await client.send(request, z.unknown(), call)
    return null
  } catch (error) {
    throw explain(error, defaults.provider)
  }
}

/**
 * The form's fields (docs/providers/rocketchat.md 3). The server puts them unescaped into an HTML mail: there
 * each shows what was written and acts as no markup. The server itself makes line breaks of the text's
 * newlines.
 */
export function buildOfflineForm(
  draft: OfflineMessageDraft,
  defaults: OfflineDefaults,
): Readonly<Record<string, string>> {
  const department = draft.department ?? defaults.department
  const host = draft.host ?? defaults.host
  return {
    name: asText(draft.name),
    email: asName(draft.email),
    message: asText(draft.text),
    // The oldest servers accept exactly the three fields above.
    ...(department === null ? {} : { department: asName(department) }),
    ...(host === null ? {} : { host: asAddress(host) }),
  }
}

function asText(value: string): string {
  return asName(value.replaceAll('&', '&amp;'))
}

/** What the server also looks up, or sends to, by its exact spelling: an ampersand is left, which makes no markup. */
function asName(value: string): string {
  return value.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The page's address is linked to: there it stands in an attribute. */
function asAddress(value: string): string {
  return asText(value).replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function explain(error: unknown, provider: string): unknown {
  if (mayHaveBeenProcessed(error)) return outcomeUnknown(provider, error)
  if (error instanceof RocketChatError && error.status === 400 && error.code === '') {
    const detail =
      'The provider did not send it and does not say why: its form may be off, the address refused, or no recipient configured.'
    return new ChatError('PROVIDER_ERROR', detail, { provider, cause: error })
  }
  return error
}
