import { plainError } from '../errors.ts'
import type { CustomFieldDefinition, Visitor } from '../model.ts'
import { translate } from '../translations.ts'
import type { Workspace } from './workspace.ts'

/** A value for a field; `overwrite: false` keeps an existing value. */
export interface CustomFieldValue {
  readonly key: string
  readonly value: string
  readonly overwrite: boolean
}

type Data = Readonly<Record<string, string>>

/**
 * Sets a field of the visitor, or of the visitor's open rooms, by the field's scope (docs/providers/rocketchat.md 14.3).
 * Throws `invalid-custom-field` for an unknown key, and a translated text for a value that fails the field's expression.
 */
export function setCustomField(workspace: Workspace, visitor: Visitor, field: CustomFieldValue): void {
  const definition = workspace.customFields.get(field.key)
  if (!definition) throw plainError('invalid-custom-field')
  if (definition.regexp && !new RegExp(definition.regexp).test(field.value)) {
    throw plainError(
      translate(workspace.settings.Language, 'invalidFieldValue').replace('{field}', definition.label),
    )
  }
  const _updatedAt = new Date(workspace.host.now())
  if (definition.scope === 'visitor') {
    const livechatData = withField(visitor.livechatData, field)
    workspace.visitors.set(visitor.token, { ...visitor, livechatData, _updatedAt })
    return
  }
  for (const room of workspace.rooms.values()) {
    if (!room.open || room.v.token !== visitor.token) continue
    workspace.rooms.set(room._id, { ...room, livechatData: withField(room.livechatData, field), _updatedAt })
  }
}

/**
 * The visitor's fields after a registration: those of rooms and unknown ones are dropped silently. Throws for a required
 * field without a value, but only if any field is given (docs/providers/rocketchat.md 14.3).
 */
export function registeredFields(
  workspace: Workspace,
  stored: Data | undefined,
  fields: readonly CustomFieldValue[],
): Data {
  if (fields.length === 0) return stored ?? {}
  const ofVisitors = [...workspace.customFields.values()].filter(({ scope }) => scope === 'visitor')
  const missing = ofVisitors.filter(
    ({ _id, required }) => required && !fields.some(({ key, value }) => key === _id && value !== ''),
  )
  if (missing.length > 0) {
    throw plainError(`Missing required custom fields: ${missing.map(({ _id }) => _id).join(', ')}`)
  }
  const isOfVisitors = ({ key }: CustomFieldValue) => ofVisitors.some(({ _id }) => _id === key)
  return fields.filter(isOfVisitors).reduce<Data>(withField, stored ?? {})
}

/** Adds the definition of a field, with the server's defaults. */
export function defineCustomField(
  workspace: Workspace,
  { _id, ...given }: Pick<CustomFieldDefinition, '_id'> & Partial<CustomFieldDefinition>,
): void {
  const defaults = { label: _id, scope: 'visitor', visibility: 'visible', required: false } as const
  workspace.customFields.set(_id, { _id, ...defaults, ...given })
}

function withField(data: Data | undefined, { key, value, overwrite }: CustomFieldValue): Data {
  return overwrite || data?.[key] === undefined ? { ...data, [key]: value } : data
}
