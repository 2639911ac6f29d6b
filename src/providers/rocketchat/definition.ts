import { defineProvider } from '../definition.ts'
import { createRocketChat } from './adapter.ts'
import { isRateLimited } from './errors.ts'
import { rocketChatSettings } from './settings.ts'

/** Rocket.Chat servers with Omnichannel. */
export const rocketChat = defineProvider({
  kind: 'ROCKET_CHAT',
  label: 'Rocket.Chat',
  defaultName: 'rocketchat',
  settings: rocketChatSettings,
  agentIdKey: 'userId',
  hasTokenFormat: null,
  // Rocket.Chat accepts one in 5 s (docs/providers/rocketchat.md 3) and counts by arrival: the rest is for
  // differences in network delay.
  offlineSpacingMs: 5_250,
  isRateLimited,
  hasServiceAccount: ({ serviceAccount }) => serviceAccount !== undefined,
  // Visitor tokens go to the server even without a service account.
  credentialUrls: ({ url }) => [url],
  modesOf: ({ serviceAccount, push }) => [
    serviceAccount ? 'service account' : 'no service account',
    'visitors',
    push ? 'push' : 'polls only',
  ],
  create: createRocketChat,
})
