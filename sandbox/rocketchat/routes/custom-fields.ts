import { plainError } from '../errors.ts'
import type { Visitor } from '../model.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { customField, customFields } from '../wire/visitor-shapes.ts'
import { setCustomField } from '../workspace/custom-fields.ts'
import type { Workspace } from '../workspace/workspace.ts'

const one = apiRoute({
  method: 'POST',
  path: 'livechat/custom.field',
  body: customField,
  legacyStyle: 'object',
  handle({ workspace, body: { token, ...field } }) {
    setCustomField(workspace, requireVisitor(workspace, token), field)
    return { field }
  },
})

const several = apiRoute({
  method: 'POST',
  path: 'livechat/custom.fields',
  body: customFields,
  legacyStyle: 'object',
  handle({ workspace, body }) {
    for (const field of body.customFields) {
      setCustomField(workspace, requireVisitor(workspace, body.token), field)
    }
    return { fields: body.customFields.map(({ key, ...field }) => ({ Key: key, ...field })) }
  },
})

/** POST livechat/custom.field and livechat/custom.fields (docs/providers/rocketchat.md 4.1, 14.3). */
export const customFieldRoutes: readonly BoundRoute[] = [one, several]

function requireVisitor(workspace: Workspace, token: string): Visitor {
  const visitor = workspace.visitors.get(token)
  if (!visitor) throw plainError('invalid-token')
  return visitor
}
