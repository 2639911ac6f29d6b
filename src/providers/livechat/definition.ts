import { defineProvider } from '../definition.ts'
import { createLiveChat } from './adapter.ts'
import { isLiveChatToken } from './auth/token-format.ts'
import { isRateLimited } from './errors.ts'
import { credentialUrls, liveChatSettings, modesOf } from './settings.ts'

/** LiveChat (text.com). */
export const liveChat = defineProvider({
  kind: 'LIVECHAT',
  label: 'LiveChat',
  defaultName: 'livechat',
  settings: liveChatSettings,
  agentIdKey: 'accountId',
  hasTokenFormat: isLiveChatToken,
  offlineSpacingMs: 0,
  isRateLimited,
  hasServiceAccount: ({ credential }) => credential !== undefined,
  credentialUrls,
  modesOf,
  create: createLiveChat,
})
