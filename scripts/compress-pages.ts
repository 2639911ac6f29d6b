import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

// Compresses the built files of the pages once, with the best quality: the gateway serves them as they are.

const MIN_BYTES = 1_024
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json'])
const ENCODINGS = [
  { extension: '.gz', compress: (bytes: Buffer) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }) },
  { extension: '.br', compress: (bytes: Buffer) => brotliCompressSync(bytes) },
]

for (const directory of ['apps/console/dist', 'apps/widget/dist']) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSIBLE.has(extname(entry.name))) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    for (const { extension, compress } of ENCODINGS) {
      rmSync(path + extension, { force: true })
      if (bytes.length < MIN_BYTES) continue
      const compressed = compress(bytes)
      if (compressed.length < bytes.length) writeFileSync(path + extension, compressed)
    }
  }
}
