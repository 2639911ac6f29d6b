import { ApiError } from '../../errors.ts'
import type { Agent } from '../../model.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { shape } from '../../wire/request-shape.ts'
import type { Workspace } from '../../workspace/workspace.ts'

interface Credentials {
  readonly user?: unknown
  readonly password?: unknown
  readonly resume?: unknown
}

/** POST login: with a password, or with a token to resolve its user (docs/providers/rocketchat.md 5). */
export const loginRoute: BoundRoute = apiRoute<unknown, Credentials>({
  method: 'POST',
  path: 'login',
  body: shape({ type: 'object', additionalProperties: true }),
  legacyStyle: 'object',
  bare: true,
  handle({ workspace, body: { user, password, resume } }) {
    const me = resume === undefined ? withPassword(workspace, user, password) : holderOf(workspace, resume)
    if (!me) throw new ApiError({ kind: 'login-failed' })
    const authToken = resume === undefined ? workspace.host.newId() : String(resume)
    workspace.logins.set(authToken, me._id)
    return { status: 'success', data: { userId: me._id, authToken, me } }
  },
})

function withPassword(workspace: Workspace, name: unknown, password: unknown): Agent | undefined {
  const found = [...workspace.agents.values()].find(
    ({ username, emails }) => username === name || emails.some(({ address }) => address === name),
  )
  const known = found && workspace.passwords.get(found._id)
  return known !== undefined && known === password ? found : undefined
}

function holderOf(workspace: Workspace, token: unknown): Agent | undefined {
  return workspace.agents.get(workspace.logins.get(String(token)) ?? '')
}
