import {
  fieldOf,
  readBoolean,
  readInteger,
  readList,
  readNonEmptyString,
  readRequired,
  readString,
  required,
  toObject,
  type UnreadableFields,
} from '../../shared/read-document.ts'
import { ResponseFormat } from '../../shared/response-format.ts'

/** The configuration of a group's widget (docs/providers/livechat.md 14, 20). */

export type WireForm = Readonly<ReturnType<typeof readForm>>
export type WireFormField = Readonly<ReturnType<typeof readFormField>>

/** The version of the group's configuration, of get_dynamic_configuration. */
export const configurationVersionResponse = new ResponseFormat((value) => {
  const version = fieldOf(fieldOf(value, 'livechat'), 'config_version')
  return readNonEmptyString(version) ?? String(required(readInteger(version), 'livechat.config_version'))
})

/** The pre-chat form, of get_configuration. Absent while the group has none. */
export const preChatFormResponse = new ResponseFormat((value, unreadableFields) => {
  const form = toObject(value)['prechat_form'] ?? null
  return form === null ? null : readRequired(form, 'prechat_form', readForm, unreadableFields)
})

function readForm(value: unknown, unreadableFields: UnreadableFields) {
  const { id, fields } = toObject(value)
  return {
    id: required(readId(id), 'id'),
    fields: readList(fields, readFormField, unreadableFields),
  }
}

/** Reads a field. Headings can have no id: they are not answered. */
function readFormField(value: unknown, unreadableFields: UnreadableFields) {
  const { id, type, label, required: isRequired, options } = toObject(value)
  return {
    id: readId(id),
    type: required(readNonEmptyString(type), 'type'),
    label: readString(label) ?? '',
    isRequired: readBoolean(isRequired) === true,
    options: readList(options, readOption, unreadableFields),
  }
}

function readOption(value: unknown) {
  const { id, label, group_id: groupId } = toObject(value)
  return {
    id: required(readId(id), 'id'),
    label: required(readString(label), 'label'),
    /** Of a group_chooser. */
    groupId: readInteger(groupId),
  }
}

/** Ids are texts in some samples and numbers in others. */
function readId(value: unknown): string | null {
  return readNonEmptyString(value) ?? readInteger(value)?.toString() ?? null
}
