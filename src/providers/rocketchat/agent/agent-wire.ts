import {
  type DocumentReader,
  fieldOf,
  readNumber,
  readRequiredList,
  readString,
  required,
  toObject,
} from '../../shared/read-document.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import { readDate, readDepartment, readMessage, readRoom } from '../wire.ts'
import { PAGE_SIZE, type RowPage } from './offset-pages.ts'

/** Responses to agents (docs/providers/rocketchat.md 4.2-4.6), with the fields that the gateway reads. */

/** Maximum number of messages that are read from a response with a whole room. */
const MAX_ROOM_MESSAGES = 100_000

/** A page of GET livechat/rooms. */
export const roomListResponse = pageOf('rooms', readRoom)

/** A page of GET livechat/users/agent. */
export const agentListResponse = pageOf('users', (value) => {
  const { _id, name } = toObject(value)
  return { _id: required(readString(_id), '_id'), name: readString(name) }
})

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

function pageOf<T>(field: string, readRow: DocumentReader<T>): ResponseFormat<RowPage<T>> {
  return new ResponseFormat((value, unreadableFields) => {
    const document = toObject(value)
    return {
      ...readRequiredList(document[field], field, readRow, unreadableFields, PAGE_SIZE),
      total: readNumber(document['total']),
    }
  })
}
