/**
 * Every scope that the sandbox knows; what an administrator's token would usually carry
 * (docs/providers/livechat.md 5).
 */
export const ALL_SCOPES: readonly string[] = [
  'accounts--my:ro',
  'agents--all:rw',
  'agents-bot--all:ro',
  'chats--all:rw',
  'customers:own',
  'customers:rw',
  'groups--all:ro',
  'tags--all:ro',
  'webhooks.configuration:rw',
  'webhooks.state:rw',
]

const REACH = ['my', 'groups', 'access', 'all']

interface Scope {
  readonly resource: string
  readonly reach: string | undefined
  readonly mode: string
}

function parse(scope: string): Scope {
  const [, resource = scope, reach, mode = ''] = /^(.+?)(?:--(\w+))?:(\w+)$/.exec(scope) ?? []
  return { resource, reach, mode }
}

/**
 * True if one of the scopes held covers the one needed: rw covers ro, `all` covers `access` covers `my`
 * (docs/providers/livechat.md 5).
 */
export function coversScope(held: Iterable<string>, needed: string): boolean {
  const need = parse(needed)
  for (const scope of held) {
    const have = parse(scope)
    const modeFits = have.mode === need.mode || (have.mode === 'rw' && need.mode === 'ro')
    const reachFits = REACH.indexOf(have.reach ?? 'all') >= REACH.indexOf(need.reach ?? 'all')
    if (have.resource === need.resource && modeFits && reachFits) return true
  }
  return false
}
