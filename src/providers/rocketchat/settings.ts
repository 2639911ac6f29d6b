import { z } from 'zod'
import type { AccountConfig, SettingsSpec } from '../definition.ts'
import { createSettingNames, httpUrl, oneOf, text, token } from '../shared/setting-values.ts'

/** One Rocket.Chat server. */
export interface RocketChatConfig extends AccountConfig {
  readonly kind: 'ROCKET_CHAT'
  /** Base address of the server, without `/api/v1` and without a trailing slash. */
  readonly url: string
  /** User that operators act as; without it the account serves visitors only. */
  readonly serviceAccount?: { readonly userId: string; readonly authToken: string }
  /**
   * Expected in `X-RocketChat-Livechat-Token` (docs/providers/rocketchat.md 7.1); without it no webhook is
   * accepted.
   */
  readonly webhookToken?: string
  /** Sent with an offline message that names none, to servers that require one. */
  readonly offlineDepartment?: string
  readonly offlineHost?: string
  /** The server's DDP push is used, with polls as audit; absent: polls only. */
  readonly push?: true
}

const schema = z.object({
  url: httpUrl,
  userId: token.exactOptional(),
  authToken: token.exactOptional(),
  webhookToken: text.exactOptional(),
  offlineDepartment: text.exactOptional(),
  offlineHost: text.exactOptional(),
  push: oneOf('on', 'off').default('on'),
})

const VARIABLE_PREFIX = 'ROCKETCHAT_'

/** Names settings of a server in messages. */
export const settingNames = createSettingNames<keyof typeof schema.shape>(VARIABLE_PREFIX)

/** Settings of a Rocket.Chat server. */
export const rocketChatSettings = {
  schema,
  variablePrefix: VARIABLE_PREFIX,
  requiresOneOf: ['url'],
  dependencies: () => [
    ['userId', 'authToken'],
    ['authToken', 'userId'],
  ],
  toConfig: (name, { userId, authToken, push, ...values }): RocketChatConfig => ({
    name,
    kind: 'ROCKET_CHAT',
    ...values,
    ...(push === 'on' && { push: true }),
    ...(userId && authToken && { serviceAccount: { userId, authToken } }),
  }),
} satisfies SettingsSpec<RocketChatConfig, typeof schema.shape>
