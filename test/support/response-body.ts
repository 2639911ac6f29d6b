import { ResponseBody } from '../../src/upstream/response-body.ts'

/** Creates the body of a provider's response that arrived in one chunk. */
export function bodyOf(text: string): ResponseBody {
  return new ResponseBody([Buffer.from(text)])
}
