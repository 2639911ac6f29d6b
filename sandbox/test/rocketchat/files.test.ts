import { describe, expect, it } from 'vitest'
import type { RocketChatSandboxOptions } from '../../rocketchat/index.ts'
import type { Api } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

const PNG = new Blob(['0123456789'], { type: 'image/png' })

function formOf(
  file: Blob | null,
  { field = 'file', ...texts }: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData()
  for (const [name, text] of Object.entries(texts)) form.append(name, text)
  if (file) form.append(field, file, 'leak.png')
  return form
}

function post(api: Api, path: string, body: FormData, headers: Readonly<Record<string, string>> = {}) {
  return api.raw(`/api/v1/${path}`, { method: 'POST', body, headers })
}

async function openVisitor(options: RocketChatSandboxOptions = {}) {
  const opened = await startSandboxWithRoom(options)
  const { api, access } = opened
  const headers = { 'x-visitor-token': access.token }
  return {
    ...opened,
    upload: (
      form: FormData,
      { rid = access.rid, as = headers }: { rid?: string; as?: Record<string, string> } = {},
    ) => post(api, `livechat/upload/${rid}`, form, as),
  }
}

describe('a visitor’s upload', () => {
  it('answers with the message at top level: a file without a size, and an attachment', async () => {
    const { upload, access } = await openVisitor()
    const { status, body } = await upload(formOf(PNG, { msg: 'look' }))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      success: true,
      rid: access.rid,
      msg: 'look',
      groupable: false,
      file: { name: 'leak.png', type: 'image/png' },
      attachments: [
        { title: 'leak.png', type: 'file', title_link: expect.stringMatching(/^\/file-upload\//) },
      ],
    })
    expect(body).not.toHaveProperty('file.size')
  })

  it('is refused without a token, with an unknown one, and in a foreign or closed room: 403', async () => {
    const { upload, sandbox, access } = await openVisitor()
    const stranger = sandbox.workspace.createVisitor({ name: 'Otto' })
    const refused = [
      await upload(formOf(PNG), { as: {} }),
      await upload(formOf(PNG), { as: { 'x-visitor-token': 'nobody' } }),
      await upload(formOf(PNG), { as: { 'x-visitor-token': stranger.token } }),
    ]
    sandbox.workspace.closeRoom(access.rid)
    refused.push(await upload(formOf(PNG)))
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  it.each([
    ['8.8', { Livechat_fileupload_enabled: false }, formOf(PNG), { reason: 'error-file-upload-disabled' }],
    ['8.8', {}, formOf(null), { reason: 'error-no-file-uploaded' }],
    [
      '8.8',
      { FileUpload_MaxFileSize: 5 },
      formOf(PNG),
      { reason: 'error-size-not-allowed', sizeAllowed: '0 MB' },
    ],
    ['8.8', { FileUpload_MediaTypeWhiteList: 'text/*' }, formOf(PNG), { reason: 'error-type-not-allowed' }],
    ['9.0', {}, formOf(null), { error: 'No file uploaded [error-no-file]' }],
    ['9.0', {}, formOf(PNG, { field: 'picture' }), { error: '[invalid-field]' }],
    [
      '9.0',
      { FileUpload_MaxFileSize: 5 },
      formOf(PNG),
      { error: expect.stringContaining('[error-file-too-large]') },
    ],
    [
      '9.0',
      { FileUpload_MediaTypeBlackList: 'image/png' },
      formOf(PNG),
      { reason: 'error-type-not-allowed' },
    ],
  ] as const)('of release %s with %j is refused: 400', async (profile, settings, form, expected) => {
    const { upload } = await openVisitor({ profile, settings })
    const { status, body } = await upload(form)
    expect(status).toBe(400)
    expect(body).toMatchObject({ success: false, ...expected })
  })

  it('checks that files are accepted before it checks the token', async () => {
    const { upload } = await openVisitor({ settings: { FileUpload_Enabled: false } })
    expect((await upload(formOf(PNG), { as: { 'x-visitor-token': 'nobody' } })).status).toBe(400)
  })
})

describe('an agent’s upload', () => {
  async function openAgent(options: RocketChatSandboxOptions = {}) {
    const opened = await startSandboxWithRoom(options)
    return { ...opened, login: opened.sandbox.workspace.login(opened.agentId) }
  }

  it('is stored first and confirmed then; confirming twice makes two messages', async () => {
    const { api, access, login, sandbox } = await openAgent()
    const stored = await post(api, `rooms.media/${access.rid}`, formOf(PNG), login)
    expect(stored.body).toMatchObject({ success: true, file: { _id: expect.any(String) } })
    const { _id } = (stored.body as { file: { _id: string } }).file
    const confirm = () => api.post(`rooms.mediaConfirm/${access.rid}/${_id}`, { msg: 'here' }, login)
    const confirmed = await confirm()
    expect(confirmed.body).toMatchObject({
      message: {
        msg: 'here',
        file: { _id, size: 10 },
        attachments: [{ fileId: _id, size: 10, format: 'PNG' }],
      },
    })
    expect((confirmed.body as { message: { files: unknown[] } }).message.files).toHaveLength(2)
    await confirm()
    expect(sandbox.workspace.messages(access.rid).filter(({ file }) => file?._id === _id)).toHaveLength(2)
  })

  it('is refused for an unknown file, a foreign room, a type and when files are disabled', async () => {
    const { api, access, login, sandbox } = await openAgent()
    expect((await api.post(`rooms.mediaConfirm/${access.rid}/nothing`, {}, login)).body).toMatchObject({
      error: '[invalid-file]',
    })
    const { token } = sandbox.workspace.createVisitor({})
    const other = sandbox.workspace.createAgent({ name: 'Bo' })
    const foreign = sandbox.workspace.openRoom({ token, agentId: other._id })
    expect((await post(api, `rooms.media/${foreign._id}`, formOf(PNG), login)).status).toBe(403)
    sandbox.settings.FileUpload_MediaTypeBlackList = 'image/*'
    const typed = await post(api, `rooms.media/${access.rid}`, formOf(PNG), login)
    expect(typed.body).toMatchObject({ error: '[error-invalid-file-type]' })
    sandbox.settings.FileUpload_Enabled = false
    const disabled = await post(api, `rooms.media/${access.rid}`, formOf(PNG), login)
    expect(disabled.body).toMatchObject({ error: '[error-file-upload-disabled]' })
  })

  it('that is not confirmed is gone after a day', async () => {
    let now = Date.now()
    const { api, access, login } = await openAgent({ now: () => now })
    const stored = await post(api, `rooms.media/${access.rid}`, formOf(PNG), login)
    const { url } = (stored.body as { file: { url: string } }).file
    expect((await api.raw(url, { headers: login })).status).toBe(200)
    now += 24 * 3_600_000
    expect((await api.raw(url, { headers: login })).status).toBe(404)
  })

  it.each([
    ['6.3', 404, 200],
    ['6.13', 200, 200],
    ['8.8', 200, 404],
  ] as const)('of release %s: rooms.media is %i, rooms.upload %i', async (profile, media, upload) => {
    const { api, access, login } = await openAgent({ profile })
    expect((await post(api, `rooms.media/${access.rid}`, formOf(PNG), login)).status).toBe(media)
    expect((await post(api, `rooms.upload/${access.rid}`, formOf(PNG), login)).status).toBe(upload)
  })
})

describe('GET /file-upload/:id/:name', () => {
  async function openFile(options: RocketChatSandboxOptions = {}) {
    const opened = await openVisitor(options)
    const { body } = await opened.upload(formOf(PNG))
    const [{ title_link: path }] = (body as { attachments: [{ title_link: string }] }).attachments
    const read = (headers: Readonly<Record<string, string>> = {}, query = '') =>
      opened.api.raw(path + query, { headers })
    return { ...opened, path, read }
  }

  it('serves any login and any room’s own visitor, by headers, cookies or query; nobody else', async () => {
    const { read, sandbox, agentId, access } = await openFile()
    const login = sandbox.workspace.login(agentId)
    const visitor = `rc_room_type=l; rc_rid=${access.rid}; rc_token=${access.token}`
    const allowed = [
      await read(login),
      await read({ cookie: visitor }),
      await read({}, `?${visitor.replaceAll('; ', '&')}`),
    ]
    expect(allowed.map(({ status }) => status)).toEqual([200, 200, 200])
    const stranger = sandbox.workspace.createVisitor({})
    const foreign = sandbox.workspace.openRoom({ token: stranger.token })
    // The server does not check that the file belongs to the room.
    expect(
      (await read({ cookie: `rc_room_type=l; rc_rid=${foreign._id}; rc_token=${stranger.token}` })).status,
    ).toBe(200)
    const denied = [
      await read(),
      await read({ ...login, 'x-auth-token': 'wrong' }),
      await read({ cookie: `rc_room_type=l; rc_rid=${access.rid}; rc_token=${stranger.token}` }),
    ]
    expect(denied.map(({ status, body }) => [status, body])).toEqual(denied.map(() => [403, '']))
  })

  it('serves everybody while files are not protected, and users of the room only if they are restricted', async () => {
    const { read, sandbox } = await openFile()
    const other = sandbox.workspace.createAgent({ name: 'Bo' })
    sandbox.settings.FileUpload_Restrict_to_users_who_can_access_room = true
    expect((await read(sandbox.workspace.login(other._id))).status).toBe(403)
    sandbox.settings.FileUpload_ProtectFiles = false
    expect((await read()).status).toBe(200)
  })

  it('does not check the name, serves parts, and is 404 for an unknown id', async () => {
    const { api, path, read, sandbox, agentId } = await openFile()
    const login = sandbox.workspace.login(agentId)
    expect((await api.raw(path.replace('leak.png', 'other'), { headers: login })).status).toBe(200)
    const part = await read({ ...login, range: 'bytes=2-4' })
    expect([part.status, part.body, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
    const last = await read({ ...login, range: 'bytes=-3' })
    expect([last.status, last.body]).toEqual([206, '789'])
    expect((await read({ ...login, range: 'bytes=10-' })).status).toBe(416)
    expect((await api.raw('/file-upload/nothing/leak.png', { headers: login })).status).toBe(404)
  })
})
