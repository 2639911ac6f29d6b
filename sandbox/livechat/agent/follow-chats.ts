import type { AgentPrincipal } from '../token-store.ts'
import { shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireChat } from './access.ts'

interface FollowInput {
  readonly id: string
}

/** Pushes all changes of a chat to the requester, until it is unfollowed or reactivated (docs/providers/livechat.md 25.2). */
export const followChat = method(
  'follow_chat',
  shape({ 'id!': text }),
  ({ id }: FollowInput, caller: AgentPrincipal, { licence }): void => {
    requireChat(licence, caller, 'ro', id).followerIds.add(caller.agent.id)
  },
)

/** Ends what follow_chat began. A chat that is not followed is no error. */
export const unfollowChat = method(
  'unfollow_chat',
  shape({ 'id!': text }),
  ({ id }: FollowInput, caller: AgentPrincipal, { licence }): void => {
    requireChat(licence, caller, 'ro', id).followerIds.delete(caller.agent.id)
  },
)
