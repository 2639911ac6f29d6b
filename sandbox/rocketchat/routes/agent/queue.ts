import { plainError } from '../../errors.ts'
import type { Room } from '../../model.ts'
import { inquiries, oneInquiry, returnedRoom, takenInquiryOf } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { findInquiry, listInquiries, takeInquiry } from '../../workspace/inquiries.ts'
import { returnToQueue } from '../../workspace/transfers.ts'
import type { Workspace } from '../../workspace/workspace.ts'

const list = apiRoute({
  method: 'GET',
  path: 'livechat/inquiries.list',
  permissions: ['view-livechat-manager'],
  query: inquiries,
  legacyStyle: 'object',
  handle({ workspace, query }) {
    const queued = listInquiries(workspace, query.department).map(({ v: _visitor, ...listed }) => listed)
    const { rows, paging } = pageOf(sorted(queued, query.sort, { ts: -1 }), query)
    return { inquiries: rows, ...paging }
  },
})

const one = apiRoute({
  method: 'GET',
  path: 'livechat/inquiries.getOne',
  permissions: ['view-l-room'],
  query: oneInquiry,
  legacyStyle: 'object',
  handle: ({ workspace, query: { roomId } }) => ({ inquiry: findInquiry(workspace, roomId) ?? null }),
})

const take = apiRoute({
  method: 'POST',
  path: 'livechat/inquiries.take',
  permissions: ['view-l-room'],
  body: takenInquiryOf,
  legacyStyle: 'object',
  handle({ workspace, body: { inquiryId, userId }, user }) {
    const agent = userId ? workspace.agents.get(userId) : user()
    if (!agent) throw plainError('The user is invalid')
    takeInquiry(workspace, inquiryId, agent)
    return {}
  },
})

/** Since 7.13; before, only a DDP method did this (docs/providers/rocketchat.md 12.4). */
const giveBack = apiRoute({
  method: 'POST',
  path: 'livechat/inquiries.returnAsInquiry',
  servedBy: ({ returnAsInquiry }) => returnAsInquiry,
  permissions: ['view-l-room'],
  body: returnedRoom,
  legacyStyle: 'object',
  handle({ workspace, body: { roomId } }) {
    const room = requireReturnable(workspace, roomId)
    const servedBy = workspace.agents.get(room.servedBy?._id ?? '')
    if (!servedBy) return { result: false }
    returnToQueue(workspace, room, servedBy)
    return { result: true }
  },
})

const routing = apiRoute({
  method: 'GET',
  path: 'livechat/config/routing',
  servedBy: ({ legacy }) => !legacy,
  login: true,
  legacyStyle: 'object',
  handle({ workspace: { settings } }) {
    const isManual = settings.Livechat_Routing_Method === 'Manual_Selection'
    return {
      config: {
        previewRoom: isManual,
        showConnecting: false,
        showQueue: !isManual,
        showQueueLink: isManual,
        returnQueue: isManual,
        enableTriggerAction: !isManual,
        autoAssignAgent: !isManual,
      },
    }
  },
})

/** The queue: reading it, taking a room from it and giving one back (docs/providers/rocketchat.md 12). */
export const queueRoutes: readonly BoundRoute[] = [list, one, take, giveBack, routing]

function requireReturnable(workspace: Workspace, roomId: string): Room {
  const room = workspace.rooms.get(roomId)
  if (!room) throw plainError('error-room-not-found')
  if (!room.open) throw plainError('room-closed')
  if (room.onHold) throw plainError('error-room-onHold')
  return room
}
