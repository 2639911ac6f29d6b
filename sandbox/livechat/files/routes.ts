import { fileResponse } from '../../file-response.ts'
import { parseMultipart } from '../../multipart.ts'
import type { WireRequest, WireRoute } from '../../wire-server.ts'
import { requireAgent } from '../agent/routes.ts'
import { ApiError } from '../api-error.ts'
import { requireCustomer } from '../customer/access.ts'
import { answer, type Backend, requireRegion, VERSION } from '../v3/method.ts'

const MAX_BYTES = 10 * 1024 * 1024
/** The documentation names no list; these are the usual executables. */
const EXECUTABLE = /\.(exe|bat|cmd|com|msi|scr)$/i

/** upload_file of both APIs, and the host of files (docs/providers/livechat.md 22). */
export function fileRoutes(backend: Backend): WireRoute[] {
  return [
    uploadRoute('agent', backend, requireAgent(backend.tokens)),
    uploadRoute('customer', backend, requireCustomer(backend)),
    {
      method: 'GET',
      path: '/api/file/*',
      handle(request) {
        const file = backend.files.find(request.path)
        return file
          ? fileResponse(file, request, request.path.split('/').at(-2) ?? '')
          : { status: 404, body: '' }
      },
    },
  ]
}

function uploadRoute(
  api: 'agent' | 'customer',
  backend: Backend,
  authenticate: (request: WireRequest) => unknown,
): WireRoute {
  return {
    method: 'POST',
    path: `/${VERSION}/${api}/action/upload_file`,
    async handle(request) {
      const { files } = await parseMultipart(request)
      return answer(backend, () => {
        requireRegion(request, backend)
        authenticate(request)
        const file = files.find(({ field }) => field === 'file')
        if (!file) throw new ApiError('validation', '`file` is required')
        if (file.bytes.length > MAX_BYTES)
          throw new ApiError('entity_too_large', 'Upload limit exceeded (10MB).')
        if (EXECUTABLE.test(file.name)) throw new ApiError('validation', 'File type is not allowed')
        return { url: backend.files.add(file) }
      })
    },
  }
}
