import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'
import { acceptsGzip } from '../request-checks/accept-encoding.ts'
import { contentHash } from './content-hash.ts'
import { securityHeaders } from './security-headers.ts'

/** The directory of GraphiQL's files, relative to the page. */
const DIRECTORY = 'graphql/'
const PATH = `/${DIRECTORY}`
const A_YEAR = 'public, max-age=31536000, immutable'

/** The addresses of GraphiQL's files, relative to the page. */
export interface GraphiQLAddresses {
  readonly script: string
  readonly style: string
  /** Scripts of the editor's web workers, by the editor's label. */
  readonly workers: Readonly<Record<'editorWorkerService' | 'json' | 'graphql', string>>
}

/** Serves one of GraphiQL's files; null if the path is not below theirs. */
export type ServeGraphiQLFile = (
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
) => Promise<void> | null

interface StoredFile {
  readonly type: string
  readonly compressed: Buffer
}

interface LoadedFiles {
  readonly addresses: GraphiQLAddresses
  readonly byPath: ReadonlyMap<string, StoredFile>
}

/**
 * The files of GraphiQL, nine megabytes in all. Their names contain a hash of their content, so browsers keep them for a year.
 * They are compressed once. Their package takes tens of megabytes of memory, so it is loaded with the first request.
 */
export class GraphiQLFiles {
  #files: Promise<LoadedFiles> | null = null

  /** Returns the addresses for the page. */
  async addresses(): Promise<GraphiQLAddresses> {
    return (await this.#load()).addresses
  }

  readonly serve: ServeGraphiQLFile = (path, req, res) =>
    path.startsWith(PATH) ? this.#serve(path, req, res) : null

  async #serve(path: string, { method, headers }: IncomingMessage, res: ServerResponse): Promise<void> {
    const isRead = method === 'GET' || method === 'HEAD'
    const file = isRead ? (await this.#load()).byPath.get(path) : undefined
    if (!file)
      return void res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('not found\n')
    const isGzip = acceptsGzip(headers['accept-encoding'])
    res.writeHead(200, {
      ...securityHeaders("default-src 'none'"),
      'content-type': file.type,
      'cache-control': A_YEAR,
      vary: 'accept-encoding',
      ...(isGzip && { 'content-encoding': 'gzip', 'content-length': file.compressed.length }),
    })
    if (method === 'HEAD') res.end()
    else if (isGzip) res.end(file.compressed)
    else await sendPlain(file, res)
  }

  async #load(): Promise<LoadedFiles> {
    this.#files ??= loadFiles()
    try {
      return await this.#files
    } catch (error) {
      this.#files = null
      throw error
    }
  }
}

async function sendPlain({ compressed }: StoredFile, res: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.from([compressed]), createGunzip(), res)
  } catch (error) {
    // The client has disconnected if the response is closed already.
    if (!res.closed) throw error
  }
}

async function loadFiles(): Promise<LoadedFiles> {
  const content = await import('@graphql-yoga/render-graphiql/graphiql')
  const byPath = new Map<string, StoredFile>()
  const add = async (name: string, extension: 'js' | 'css', text: string): Promise<string> => {
    const address = `${DIRECTORY}${name}-${contentHash(text)}.${extension}`
    const type = `text/${extension === 'js' ? 'javascript' : 'css'}; charset=utf-8`
    byPath.set(`/${address}`, { type, compressed: await promisify(gzip)(text) })
    return address
  }
  const [script, style, editorWorkerService, json, graphql] = await Promise.all([
    add('graphiql', 'js', content.js),
    add('graphiql', 'css', content.css),
    add('editor-worker', 'js', content.editorWorkerService),
    add('json-worker', 'js', content.jsonWorker),
    add('graphql-worker', 'js', content.graphqlWorker),
  ])
  return { addresses: { script, style, workers: { editorWorkerService, json, graphql } }, byPath }
}
