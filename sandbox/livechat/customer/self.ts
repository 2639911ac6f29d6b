import { ApiError } from '../api-error.ts'
import type { Customer } from '../store/model.ts'
import { groupStatus } from '../store/routing.ts'
import { flag, listOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { personalData } from '../v3/personal-data.ts'

/** The calling customer (docs/providers/livechat.md 4). */
export const getCustomer = method('get_customer', shape({}), (_input: object, customer: Customer) => ({
  id: customer.id,
  type: 'customer',
  ...personalData(customer),
}))

interface UpdateInput {
  readonly name?: string
  readonly email?: string
  readonly avatar?: string
  readonly session_fields?: readonly Readonly<Record<string, string>>[]
}

const oneField = {
  type: 'object',
  additionalProperties: { type: 'string' },
  minProperties: 1,
  maxProperties: 1,
}

/** Changes the customer's own data. At least one field is required (docs/providers/livechat.md 4). */
export const updateCustomer = method(
  'update_customer',
  shape({ name: text, email: text, avatar: text, session_fields: listOf(oneField, 100) }),
  ({ session_fields, ...input }: UpdateInput, customer: Customer): void => {
    if (Object.keys(input).length === 0 && !session_fields) {
      throw new ApiError('validation', 'At least one parameter is required')
    }
    Object.assign(customer, input)
    if (session_fields) customer.sessionFields = session_fields
  },
)

interface StatusInput {
  readonly all?: boolean
  readonly group_ids?: readonly number[]
}

/** Whether an agent is online, by group id. Unknown ids are silently left out (docs/providers/livechat.md 4). */
export const listGroupStatuses = method(
  'list_group_statuses',
  shape({ all: flag, group_ids: listOf({ type: 'integer' }) }),
  (input: StatusInput, _customer: Customer, { licence }) => {
    if (!input.all && !input.group_ids) throw new ApiError('validation', '`all` or `group_ids` is required')
    const wanted = input.all ? [...licence.groups.keys()] : (input.group_ids ?? [])
    const known = wanted.filter((id) => licence.groups.has(id))
    return { groups_status: Object.fromEntries(known.map((id) => [id, groupStatus(licence, id)])) }
  },
)
