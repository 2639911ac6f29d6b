import { type Shape, shape } from './request-shape.ts'

/**
 * The requests of each route, property by property as in the vendor's validators (rest-typings 6.13.1). `nullable`
 * follows them, not the documentation: `_id` may be null, `agent` may not.
 */

const string = { type: 'string' } as const
const maybeString = { type: 'string', nullable: true } as const
const maybeNumber = { type: 'number', nullable: true } as const

function strict(properties: Readonly<Record<string, object>>, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

interface Access {
  readonly token: string
  readonly rid: string
}

/** POST livechat/message. */
export const newMessage: Shape<Access & { readonly msg: string; readonly _id?: string | null }> = shape(
  strict(
    {
      token: string,
      rid: string,
      msg: string,
      _id: maybeString,
      agent: strict({ agentId: string, username: string }, ['agentId', 'username']),
    },
    ['token', 'rid', 'msg'],
  ),
)

/** GET livechat/message/:_id, and POST livechat/room.close. */
export const access: Shape<Access> = shape(strict({ token: string, rid: string }, ['token', 'rid']))

/** PUT livechat/message/:_id. */
export const changedMessage: Shape<Access & { readonly msg: string }> = shape(
  strict({ token: string, rid: string, msg: string }, ['token', 'rid', 'msg']),
)

/** DELETE livechat/message/:_id; the paging fields are allowed and mean nothing. */
export const deletedMessage: Shape<Access> = shape(
  strict({ token: string, rid: string, count: maybeNumber, offset: maybeNumber, sort: maybeString }, [
    'token',
    'rid',
  ]),
)

/** A history query. Releases without a validator let any string through. */
export interface HistoryQuery {
  readonly token?: string
  readonly ls?: string | null
  readonly end?: string | null
  readonly limit?: number | string | null
  readonly offset?: number | string | null
}

/** GET livechat/messages.history/:rid in releases with a validator. */
export const history: Shape<HistoryQuery> = shape(
  strict(
    {
      searchText: maybeString,
      token: string,
      count: maybeNumber,
      offset: maybeNumber,
      sort: maybeString,
      ls: maybeString,
      end: maybeString,
      limit: maybeNumber,
    },
    ['token'],
  ),
)

/** The same in releases without a validator. */
export const uncheckedHistory: Shape<HistoryQuery> = shape({ type: 'object', additionalProperties: true })

/** POST livechat/messages. */
export const botMessages: Shape<{
  readonly visitor: { readonly token: string }
  readonly messages: readonly { readonly msg: string }[]
}> = shape(
  strict(
    {
      visitor: strict({ token: string }, ['token']),
      messages: { type: 'array', items: strict({ msg: string }, ['msg']), minItems: 1 },
    },
    ['visitor', 'messages'],
  ),
)

interface OfflineBody {
  readonly name: string
  readonly email: string
  readonly message: string
  readonly department?: string | null
  readonly host?: string | null
}

const offlineFields = { name: string, email: string, message: string }
const offlineRequired = ['name', 'email', 'message']

/** POST livechat/offline.message. */
export const offlineMessage: Shape<OfflineBody> = shape(
  strict({ ...offlineFields, department: maybeString, host: maybeString }, offlineRequired),
)

/** The same in 0.70: exactly three fields. */
export const firstOfflineMessage: Shape<OfflineBody> = shape(strict(offlineFields, offlineRequired))

/** GET livechat/room; `sla` and `priority` are the enterprise edition's. */
export const wantedRoom: Shape<{
  readonly token: string
  readonly rid?: string | null
  readonly agentId?: string | null
}> = shape(
  strict({ token: string, rid: maybeString, agentId: maybeString, sla: maybeString, priority: maybeString }, [
    'token',
  ]),
)

/** POST livechat/visitor: unknown keys are rejected outside `visitor` and ignored inside. */
export const newVisitor: Shape<{
  readonly visitor: {
    readonly token: string
    readonly name?: string | null
    readonly email?: string | null
    readonly department?: string | null
    readonly phone?: string | null
    readonly username?: string | null
    readonly customFields?: readonly { key: string; value: string; overwrite: boolean }[] | null
  }
}> = shape(
  strict(
    {
      visitor: {
        type: 'object',
        properties: {
          token: string,
          name: maybeString,
          email: maybeString,
          department: maybeString,
          phone: maybeString,
          username: maybeString,
          customFields: {
            type: 'array',
            nullable: true,
            items: {
              type: 'object',
              properties: { key: string, value: string, overwrite: { type: 'boolean' } },
              required: ['key', 'value', 'overwrite'],
            },
          },
        },
        required: ['token'],
      },
    },
    ['visitor'],
  ),
)

interface FieldInput {
  readonly key: string
  readonly value: string
  readonly overwrite: boolean
}

const fieldInput = { key: string, value: string, overwrite: { type: 'boolean' } } as const
const fieldRequired = ['key', 'value', 'overwrite']

/** POST livechat/custom.field. */
export const customField: Shape<FieldInput & { readonly token: string }> = shape(
  strict({ token: string, ...fieldInput }, ['token', ...fieldRequired]),
)

/** POST livechat/custom.fields. */
export const customFields: Shape<{
  readonly token: string
  readonly customFields: readonly FieldInput[]
}> = shape(
  strict({ token: string, customFields: { type: 'array', items: strict(fieldInput, fieldRequired) } }, [
    'token',
    'customFields',
  ]),
)

/** GET livechat/config. */
export const config: Shape<{ readonly token?: string | null; readonly department?: string | null }> = shape(
  strict({ token: maybeString, department: maybeString, businessUnit: maybeString }),
)

/** POST livechat/room.survey. */
export const survey: Shape<
  Access & { readonly data: readonly { readonly name: string; readonly value: string }[] }
> = shape(
  strict(
    {
      token: string,
      rid: string,
      data: {
        type: 'array',
        items: strict({ name: string, value: string }, ['name', 'value']),
        minItems: 1,
      },
    },
    ['token', 'rid', 'data'],
  ),
)

/** POST livechat/transcript. */
export const transcript: Shape<Access & { readonly email: string }> = shape(
  strict({ rid: string, token: string, email: string }, ['rid', 'token', 'email']),
)
