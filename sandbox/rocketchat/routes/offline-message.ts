import { failureWith } from '../errors.ts'
import { translate } from '../translations.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { firstOfflineMessage, offlineMessage } from '../wire/visitor-shapes.ts'
import { sendOfflineMail } from '../workspace/offline-mail.ts'

/**
 * POST livechat/offline.message (docs/providers/rocketchat.md 3): one mail per call, and one translated text
 * for every failure.
 */
export const offlineMessageRoute: BoundRoute = apiRoute({
  method: 'POST',
  path: 'livechat/offline.message',
  limit: { calls: 1, windowMs: 5_000 },
  body: (profile) => (profile.offlineExtras ? offlineMessage : firstOfflineMessage),
  legacyStyle: 'object',
  handle({ workspace, body }) {
    const { Language: language } = workspace.settings
    if (sendOfflineMail(workspace, body)) return { message: translate(language, 'offlineSent') }
    const text = translate(language, 'offlineFailed')
    throw failureWith(workspace.profile.legacy ? { message: text } : { error: text })
  },
})
