import { fileResponse } from '../../file-response.ts'
import type { SentFile, SentForm } from '../../multipart.ts'
import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import { ApiError, codedError, failureWith } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { requireUser } from '../wire/login.ts'
import { findFile, type StoredFile, sendFileMessage, storeFile } from '../workspace/files.ts'
import { canAccess } from '../workspace/permissions.ts'
import { findRoom } from '../workspace/rooms.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** POST livechat/upload/:rid (docs/providers/rocketchat.md 18.1). */
const upload = apiRoute({
  method: 'POST',
  path: 'livechat/upload/:rid',
  legacyStyle: 'object',
  async handle({ workspace, param, headers, form }) {
    const token = headers['x-visitor-token']
    if (typeof token !== 'string') throw new ApiError({ kind: 'forbidden' })
    if (!isEnabled(workspace.settings)) throw failureWith({ reason: 'error-file-upload-disabled' })
    const guest = workspace.visitors.get(token)
    const room = guest && findRoom(workspace, token, param('rid'))
    if (!guest || !room?.open) throw new ApiError({ kind: 'forbidden' })
    const { fields, file } = receive(await form(), workspace)
    const stored = storeFile(workspace, room._id, file, false)
    const { msg = '', description } = fields
    return sendFileMessage(workspace, room, stored, { by: 'visitor', author: guest, token, msg, description })
  },
})

/** The checks of the body, in the words of the release. */
function receive({ fields, files }: SentForm, { settings, profile }: Workspace) {
  const isCoded = profile.uploadErrors === 'coded'
  const [file] = files
  if (!file) {
    throw isCoded
      ? codedError('error-no-file', 'No file uploaded')
      : failureWith({ reason: 'error-no-file-uploaded' })
  }
  if (isCoded && file.field !== 'file') throw codedError('invalid-field')
  if (isTooLarge(file, settings)) {
    throw isCoded
      ? codedError('error-file-too-large', 'File size exceeds the allowed limit')
      : failureWith({ reason: 'error-size-not-allowed', sizeAllowed: sizeText(settings) })
  }
  if (!isTypeAllowed(file, settings)) throw failureWith({ reason: 'error-type-not-allowed' })
  return { fields, file }
}

/** POST rooms.media/:rid: the file alone (docs/providers/rocketchat.md 18.2). */
const media = apiRoute({
  method: 'POST',
  path: 'rooms.media/:rid',
  servedBy: ({ mediaUpload }) => mediaUpload,
  login: true,
  legacyStyle: 'object',
  async handle({ workspace, param, user, form }) {
    requireAccess(workspace, user()._id, param('rid'))
    const stored = storeFile(workspace, param('rid'), receiveOfAgent(await form(), workspace), true)
    return { file: { _id: stored._id, url: `/file-upload/${stored._id}/${encodeURIComponent(stored.name)}` } }
  },
})

/** POST rooms.mediaConfirm/:rid/:fileId: the message of the file. Confirming twice makes two messages (INF). */
const mediaConfirm = apiRoute<unknown, { readonly msg?: string; readonly description?: string }>({
  method: 'POST',
  path: 'rooms.mediaConfirm/:rid/:fileId',
  servedBy: ({ mediaUpload }) => mediaUpload,
  login: true,
  legacyStyle: 'object',
  async handle({ workspace, param, body, user }) {
    const room = requireAccess(workspace, user()._id, param('rid'))
    const file = findFile(workspace, param('fileId'))
    if (file?.rid !== room._id) throw codedError('invalid-file')
    const { msg = '', description } = body
    return {
      message: await sendFileMessage(workspace, room, file, {
        by: 'agent',
        author: user(),
        msg,
        description,
      }),
    }
  },
})

/** POST rooms.upload/:rid: both in one call. */
const roomsUpload = apiRoute({
  method: 'POST',
  path: 'rooms.upload/:rid',
  servedBy: (profile) => profile.roomsUpload,
  login: true,
  legacyStyle: 'object',
  async handle({ workspace, param, user, form }) {
    const room = requireAccess(workspace, user()._id, param('rid'))
    const sent = await form()
    const stored = storeFile(workspace, room._id, receiveOfAgent(sent, workspace), false)
    const { msg = '', description } = sent.fields
    const draft = { by: 'agent', author: user(), msg, description } as const
    return { message: await sendFileMessage(workspace, room, stored, draft) }
  },
})

function receiveOfAgent({ files: [file] }: SentForm, { settings }: Workspace): SentFile {
  if (!settings.FileUpload_Enabled) throw codedError('error-file-upload-disabled')
  if (!file) throw codedError('error-no-file', 'No file uploaded')
  if (file.field !== 'file') throw codedError('invalid-field')
  if (isTooLarge(file, settings))
    throw codedError('error-file-too-large', 'File size exceeds the allowed limit')
  if (!isTypeAllowed(file, settings)) throw codedError('error-invalid-file-type')
  return file
}

function requireAccess(workspace: Workspace, userId: string, rid: string) {
  const room = workspace.rooms.get(rid)
  const user = workspace.agents.get(userId)
  if (!room || !user || !canAccess(workspace, user, room)) throw new ApiError({ kind: 'forbidden' })
  return room
}

/** The routes for uploads of visitors and agents. */
export const fileRoutes: readonly BoundRoute[] = [upload, media, mediaConfirm, roomsUpload]

/** GET /file-upload/:id/:name, outside `/api`. It does not check the name (docs/providers/rocketchat.md 18.3). */
export function downloadRoute(workspace: Workspace): WireRoute {
  return {
    method: 'GET',
    path: '/file-upload/:id/:name',
    handle(request): WireResponse {
      const file = findFile(workspace, request.params['id'] ?? '')
      if (!file) return { status: 404, body: '' }
      if (workspace.settings.FileUpload_ProtectFiles && !mayRead(workspace, file, request))
        return { status: 403, body: '' }
      return fileResponse(file, request, file._id)
    },
  }
}

/** Any login, or the token of any room of the visitor: the server does not check that the file is in that room. */
function mayRead(workspace: Workspace, file: StoredFile, { headers, rawQuery }: WireRequest): boolean {
  const cookies = (headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='))
  const values = new Map(cookies.map(([name = '', value = '']) => [name, decodeURIComponent(value)]))
  for (const [name, value] of new URLSearchParams(rawQuery)) values.set(name, value)
  const isVisitor = values.get('rc_room_type') === 'l'
  if (isVisitor)
    return findRoom(workspace, values.get('rc_token') ?? '', values.get('rc_rid') ?? '') !== undefined
  const userId = values.get('rc_uid') ?? headers['x-user-id']
  const authToken = values.get('rc_token') ?? headers['x-auth-token']
  try {
    const user = requireUser(workspace, { 'x-user-id': userId, 'x-auth-token': authToken })
    const room = workspace.rooms.get(file.rid)
    const isRestricted = workspace.settings.FileUpload_Restrict_to_users_who_can_access_room
    return !isRestricted || (room !== undefined && canAccess(workspace, user, room))
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

function isEnabled(settings: Settings): boolean {
  return settings.Livechat_fileupload_enabled && settings.FileUpload_Enabled
}

function isTooLarge({ bytes }: SentFile, { FileUpload_MaxFileSize: max }: Settings): boolean {
  return max >= 0 && bytes.length > max
}

function sizeText({ FileUpload_MaxFileSize: max }: Settings): string {
  return `${Math.round(max / 1024 / 1024)} MB`
}

function isTypeAllowed({ type }: SentFile, settings: Settings): boolean {
  const white = typesIn(settings.FileUpload_MediaTypeWhiteList)
  const matches = (allowed: string) =>
    allowed === type || allowed === `${type.split('/')[0]}/*` || allowed === '*'
  if (white.length > 0 && !white.some(matches)) return false
  return !typesIn(settings.FileUpload_MediaTypeBlackList).some(matches)
}

function typesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '')
}
