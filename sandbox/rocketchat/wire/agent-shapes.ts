import type { Profile } from '../profiles.ts'
import type { GuestInfo, RoomInfo } from '../workspace/save-room-info.ts'
import type { PageQuery } from './paging.ts'
import { type Shape, shape } from './request-shape.ts'

/** The requests of the agent's routes, property by property as in the vendor's validators (rest-typings 6.13.1). */

const string = { type: 'string' } as const
const maybeString = { type: 'string', nullable: true } as const
const maybeNumber = { type: 'number', nullable: true } as const
const maybeBoolean = { type: 'boolean', nullable: true } as const
const maybeStrings = { type: 'array', items: string, nullable: true } as const
const flag = { anyOf: [maybeString, maybeBoolean] }
const paging = { count: maybeNumber, offset: maybeNumber, sort: maybeString }
const maybeObject = { type: 'object', nullable: true } as const
const maybeObjects = { type: 'array', items: { type: 'object' }, nullable: true } as const

function strict(properties: Readonly<Record<string, object>>, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** A query's shape by release: those without validators read it unchecked. */
type QueryShape<T> = (profile: Profile) => Shape<T>

function queryOf<T>(schema: object): QueryShape<T> {
  const [checked, unchecked] = [shape<T>(schema), shape<T>({ type: 'object', additionalProperties: true })]
  return ({ legacy }) => (legacy ? unchecked : checked)
}

type Flag = string | boolean | null

/** GET livechat/rooms. */
export interface RoomsQuery extends PageQuery {
  readonly agents?: readonly string[] | string | null
  readonly roomName?: string | null
  readonly departmentId?: string | readonly string[] | null
  readonly open?: Flag
  readonly onhold?: Flag
  readonly queued?: Flag
  readonly tags?: readonly string[] | string | null
  readonly customFields?: string | null
  readonly createdAt?: string | null
  readonly closedAt?: string | null
}
const roomFilters = {
  ...paging,
  query: maybeString,
  fields: maybeString,
  createdAt: maybeString,
  customFields: maybeString,
  closedAt: maybeString,
  agents: maybeStrings,
  roomName: maybeString,
  departmentId: maybeString,
  open: flag,
  onhold: flag,
  tags: maybeStrings,
}
const roomsWithoutQueued = queryOf<RoomsQuery>(strict(roomFilters))
const roomsWithQueued = queryOf<RoomsQuery>(strict({ ...roomFilters, queued: flag }))
export const rooms: QueryShape<RoomsQuery> = (profile) =>
  profile.queuedFilter ? roomsWithQueued(profile) : roomsWithoutQueued(profile)

/** GET livechat/:rid/messages. */
export const roomMessages: QueryShape<PageQuery & { readonly searchTerm?: string | null }> = queryOf(
  strict({ ...paging, searchTerm: maybeString }),
)

/** GET livechat/room.join. */
export const joinedRoom: QueryShape<{ readonly roomId: string }> = queryOf(
  strict({ roomId: string }, ['roomId']),
)

/** POST livechat/room.closeByUser. */
export const closedRoom: Shape<{
  readonly rid: string
  readonly comment?: string | null
  readonly tags?: readonly string[] | null
}> = shape(
  strict(
    {
      rid: string,
      comment: maybeString,
      tags: maybeStrings,
      generateTranscriptPdf: maybeBoolean,
      transcriptEmail: strict(
        {
          sendToVisitor: { type: 'boolean' },
          requestData: strict({ email: string, subject: string }, ['email', 'subject']),
        },
        ['sendToVisitor'],
      ),
    },
    ['rid'],
  ),
)

/** POST livechat/room.saveInfo. */
export const savedRoomInfo: Shape<{
  readonly guestData: { readonly _id: string } & GuestInfo
  readonly roomData: { readonly _id: string } & RoomInfo
}> = shape(
  strict(
    {
      guestData: strict(
        {
          _id: string,
          name: maybeString,
          email: maybeString,
          phone: maybeString,
          livechatData: { type: 'object', patternProperties: { '.*': string }, nullable: true },
        },
        ['_id'],
      ),
      roomData: strict(
        {
          _id: string,
          topic: maybeString,
          tags: maybeStrings,
          livechatData: maybeObject,
          priorityId: maybeString,
          slaId: maybeString,
        },
        ['_id'],
      ),
    },
    ['guestData', 'roomData'],
  ),
)

/** POST livechat/transcript/:rid. */
export const requestedTranscript: Shape<{ readonly email: string; readonly subject: string }> = shape(
  strict({ email: string, subject: string }, ['email', 'subject']),
)

/** POST subscriptions.read, as the gateway sends it. */
export const readRoom: Shape<{ readonly rid: string }> = shape(strict({ rid: string }, ['rid']))

/** GET livechat/inquiries.list. */
export const inquiries: QueryShape<PageQuery & { readonly department?: string | null }> = queryOf(
  strict({ ...paging, department: maybeString }),
)

/** POST livechat/inquiries.take. */
export const takenInquiry: Shape<{ readonly inquiryId: string; readonly userId?: string | null }> = shape(
  strict({ inquiryId: string, userId: maybeString }, ['inquiryId']),
)

/** The same from 7.13. */
const clientOptions = {
  type: 'object',
  properties: { clientAction: { type: 'boolean' }, forwardingToDepartment: { type: 'object' } },
  required: ['clientAction'],
  additionalProperties: false,
  nullable: true,
}
const takenInquiryWithOptions: typeof takenInquiry = shape(
  strict({ inquiryId: string, userId: maybeString, options: clientOptions }, ['inquiryId']),
)
export const takenInquiryOf = ({ returnAsInquiry }: Profile): typeof takenInquiry =>
  returnAsInquiry ? takenInquiryWithOptions : takenInquiry

/** GET livechat/inquiries.getOne. */
export const oneInquiry: QueryShape<{ readonly roomId: string }> = queryOf(
  strict({ roomId: string }, ['roomId']),
)

/** POST livechat/room.forward. */
export const forwardedRoom: Shape<{
  readonly roomId: string
  readonly userId?: string | null
  readonly departmentId?: string | null
  readonly comment?: string | null
}> = shape(
  strict(
    {
      roomId: string,
      userId: maybeString,
      departmentId: maybeString,
      comment: maybeString,
      clientAction: maybeBoolean,
    },
    ['roomId'],
  ),
)

/** POST livechat/inquiries.returnAsInquiry. */
export const returnedRoom: Shape<{ readonly roomId: string }> = shape(
  strict({ roomId: string, departmentId: maybeString }, ['roomId']),
)

/** GET livechat/transfer.history/:rid. */
export const transferHistory: QueryShape<PageQuery> = queryOf(strict({ ...paging }))

/** GET livechat/department. */
export const departments: QueryShape<
  PageQuery & {
    readonly text?: string | null
    readonly enabled?: string | null
    readonly excludeDepartmentId?: string | null
  }
> = queryOf({
  type: 'object',
  properties: {
    ...paging,
    query: maybeString,
    text: maybeString,
    onlyMyDepartments: { type: 'string', enum: ['true', 'false'], nullable: true },
    enabled: maybeString,
    excludeDepartmentId: maybeString,
    showArchived: maybeString,
  },
  additionalProperties: false,
})

/** GET livechat/department/:_id. */
export const department: QueryShape<{ readonly includeAgents?: string | null }> = queryOf({
  type: 'object',
  properties: { onlyMyDepartments: maybeString, includeAgents: maybeString },
  additionalProperties: false,
})

/** GET livechat/users/agent. */
export const agents: QueryShape<
  PageQuery & { readonly text?: string | null; readonly excludeId?: string | null }
> = queryOf(
  strict({
    ...paging,
    query: maybeString,
    fields: maybeString,
    text: maybeString,
    onlyAvailable: maybeBoolean,
    excludeId: maybeString,
    showIdleAgents: maybeBoolean,
  }),
)

/** GET livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId. */
export const chatHistory: QueryShape<PageQuery> = queryOf(strict(paging))

/** GET livechat/visitors.info. */
export const visitorInfo: QueryShape<{ readonly visitorId: string }> = queryOf(
  strict({ visitorId: string }, ['visitorId']),
)

/** POST chat.sendMessage. */
export const sentMessage: Shape<{
  readonly message: { readonly _id?: string | null; readonly rid?: string; readonly msg?: string | null }
}> = shape(
  strict(
    {
      message: {
        type: 'object',
        properties: {
          _id: maybeString,
          rid: string,
          tmid: maybeString,
          msg: maybeString,
          alias: maybeString,
          emoji: maybeString,
          tshow: maybeBoolean,
          avatar: maybeString,
          attachments: maybeObjects,
          blocks: maybeObjects,
          customFields: maybeObject,
        },
      },
      previewUrls: maybeStrings,
    },
    ['message'],
  ),
)

/** POST chat.update. */
export const updatedMessage: Shape<{
  readonly roomId: string
  readonly msgId: string
  readonly text: string
}> = shape(
  strict(
    { roomId: string, msgId: string, text: string, previewUrls: maybeStrings, customFields: maybeObject },
    ['roomId', 'msgId', 'text'],
  ),
)

/** POST chat.delete. */
export const removedMessage: Shape<{
  readonly msgId: string
  readonly roomId: string
  readonly asUser?: boolean | null
}> = shape(strict({ msgId: string, roomId: string, asUser: maybeBoolean }, ['msgId', 'roomId']))

/** GET chat.getMessage. */
export const oneMessage: QueryShape<{ readonly msgId: string }> = queryOf(
  strict({ msgId: string }, ['msgId']),
)

/** GET chat.syncMessages, with the cursor fields or without. */
export interface SyncQuery {
  readonly roomId?: string
  readonly lastUpdate?: string | null
  readonly next?: string | null
  readonly previous?: string | null
  readonly type?: string | null
  readonly count?: number | string | null
}
export const sync: Shape<SyncQuery> = shape(
  strict({ roomId: string, lastUpdate: string }, ['roomId', 'lastUpdate']),
)
/** The same since 7.1: the handler itself reports missing fields. */
export const cursorSync: Shape<SyncQuery> = shape(
  strict({
    roomId: string,
    lastUpdate: maybeString,
    next: maybeString,
    previous: maybeString,
    type: maybeString,
    count: maybeNumber,
  }),
)

/** GET livechat/queue. */
export const queue: QueryShape<
  PageQuery & {
    readonly agentId?: string | null
    readonly departmentId?: string | null
    readonly includeOfflineAgents?: string | null
  }
> = queryOf(
  strict(
    {
      count: { type: 'number' },
      offset: { type: 'number' },
      sort: string,
      agentId: maybeString,
      departmentId: maybeString,
      includeOfflineAgents: maybeString,
    },
    ['count', 'offset', 'sort'],
  ),
)

/** POST livechat/agent.status. */
export const agentStatus: Shape<{
  readonly status?: 'available' | 'not-available' | null
  readonly agentId?: string | null
}> = shape(
  strict({
    status: { type: 'string', enum: ['available', 'not-available'], nullable: true },
    agentId: maybeString,
  }),
)
