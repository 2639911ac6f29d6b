import {
  type DocumentReader,
  fieldOf,
  readBoolean,
  readInteger,
  readList,
  readNonEmptyString,
  readNumber,
  readRequired,
  readRequiredList,
  readString,
  readStringRow,
  required,
  toObject,
  type UnreadableFields,
} from '../../shared/read-document.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import { readDate, readDepartment, readMessage, readRoom, readVisitor } from '../wire.ts'
import { PAGE_SIZE, type RowPage } from './offset-pages.ts'

/** Responses to agents (docs/providers/rocketchat.md 4.2-4.6), with the fields that the gateway reads. */

/** Maximum number of messages that are read from a response with a whole room. */
const MAX_ROOM_MESSAGES = 100_000

/** A page of GET livechat/rooms. */
export const roomListResponse = pageOf('rooms', readRoom)

/** The id of a file that POST rooms.media stored (docs/providers/rocketchat.md 18.2). */
export const mediaResponse = new ResponseFormat((value) =>
  required(readNonEmptyString(fieldOf(fieldOf(value, 'file'), '_id')), 'file._id'),
)

/** The release, possibly without its patch number (docs/providers/rocketchat.md 9); null if the server does not say. */
export const versionResponse = new ResponseFormat((value) => readString(toObject(value)['version']))

export type WireAgent = Readonly<ReturnType<typeof readAgent>>

/** GET livechat/visitors.info. */
export const visitorInfoResponse = new ResponseFormat((value, unreadableFields) =>
  readVisitor(fieldOf(value, 'visitor'), unreadableFields),
)

/** A page of GET livechat/visitors.chatHistory. */
export const visitorHistoryResponse = pageOf('history', readRoom)

/** A page of GET livechat/users/agent. */
export const agentListResponse = pageOf('users', readAgent)

/** GET users.info: a user, who need not be an agent. */
export const userInfoResponse = new ResponseFormat((value, unreadableFields) =>
  readRequired(fieldOf(value, 'user'), 'user', readAgent, unreadableFields),
)

/** The status that POST livechat/agent.status leaves: `available` or `not-available`. */
export const agentStatusResponse = new ResponseFormat((value) => readString(toObject(value)['status']))

export type AgentLoad = Readonly<ReturnType<typeof readAgentLoad>>

/** A page of GET livechat/queue: the number of open rooms by agent and department. */
export const agentLoadResponse = pageOf('queue', readAgentLoad)

/** A page of GET livechat/department, or the response of livechat/department.listByIds. */
export const departmentListResponse = pageOf('departments', readDepartment)

/** GET chat.syncMessages with `lastUpdate`. */
export const syncMessagesResponse = new ResponseFormat((value, unreadableFields) => {
  const updated = fieldOf(fieldOf(value, 'result'), 'updated')
  return readRequiredList(updated, 'updated', readMessage, unreadableFields, MAX_ROOM_MESSAGES)
})

/** The time of POST chat.delete. Unlike other dates, it is a string of milliseconds (docs/providers/rocketchat.md 0). */
export const chatDeleteResponse = new ResponseFormat((value) => {
  const { ts } = toObject(value)
  return readDate(readNumber(ts) ?? Number(readString(ts) || Number.NaN))
})

/** The inquiry of a room (GET livechat/inquiries.getOne); null if the room has none. */
export const inquiryResponse = new ResponseFormat((value) => {
  const inquiry = fieldOf(value, 'inquiry')
  const id = readString(fieldOf(inquiry, '_id'))
  return id === null ? null : { id, isTaken: readString(fieldOf(inquiry, 'status')) === 'taken' }
})

/** Whether an agent can return a room to the queue (GET livechat/config/routing); null if the response does not say. */
export const routingResponse = new ResponseFormat((value) =>
  readBoolean(fieldOf(fieldOf(value, 'config'), 'returnQueue')),
)

function pageOf<T>(field: string, readRow: DocumentReader<T>): ResponseFormat<RowPage<T>> {
  return new ResponseFormat((value, unreadableFields) => {
    const document = toObject(value)
    return {
      ...readRequiredList(document[field], field, readRow, unreadableFields, PAGE_SIZE),
      total: readNumber(document['total']),
    }
  })
}

function readAgent(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    _id: required(readNonEmptyString(document['_id']), '_id'),
    username: readString(document['username']),
    name: readString(document['name']),
    email: readList(document['emails'], readEmail, unreadableFields)[0] ?? null,
    /** Presence; absent or `offline` if the user is not connected. */
    status: readString(document['status']),
    statusLivechat: readString(document['statusLivechat']),
    maxRooms: readLimit(fieldOf(document['livechat'], 'maxNumberSimultaneousChat')),
    departmentIds: readList(document['departments'], readStringRow, unreadableFields),
  }
}

function readEmail(value: unknown): string {
  return required(readNonEmptyString(fieldOf(value, 'address')), 'address')
}

/** A limit is a number or its text. Empty and 0 mean that there is none (docs/providers/rocketchat.md 13). */
function readLimit(value: unknown): number | null {
  const limit = readInteger(value) ?? Number(readNonEmptyString(value) ?? Number.NaN)
  return Number.isSafeInteger(limit) && limit > 0 ? limit : null
}

function readAgentLoad(value: unknown) {
  const { user, department, chats } = toObject(value)
  const agentId = required(readNonEmptyString(fieldOf(user, '_id')), 'user._id')
  return {
    _id: JSON.stringify([agentId, readString(fieldOf(department, '_id'))]),
    agentId,
    chats: required(readInteger(chats), 'chats'),
  }
}
