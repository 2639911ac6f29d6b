import { seededId } from '../ids.ts'
import { completeAgent } from './agents.ts'
import type { Workspace } from './workspace.ts'

/** A user's id and login token, for the headers `x-user-id` and `x-auth-token`. */
export interface ServiceAccount {
  readonly userId: string
  readonly authToken: string
}

/** The service account of a gateway, created on first use: a livechat manager who takes no chats. */
export function createServiceAccount(workspace: Workspace): ServiceAccount {
  const account = { userId: seededId('user service account'), authToken: seededId('token service account') }
  if (workspace.agents.has(account.userId)) return account
  const user = completeAgent(workspace, {
    _id: account.userId,
    name: 'Support Desk',
    username: 'support.desk',
    statusLivechat: 'not-available',
    roles: ['user', 'livechat-manager'],
  })
  workspace.agents.set(user._id, user)
  workspace.logins.set(account.authToken, account.userId)
  return account
}
