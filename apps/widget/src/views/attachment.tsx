import { downloadFile } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Visitor } from '../gateway/visitor.ts'
import type { Message } from '../state/use-chat.ts'
import { fill } from '../texts/language.ts'
import { FileIcon } from './icons.tsx'

type Attachment = Message['attachments'][number]

interface AttachmentProps {
  readonly attachment: Attachment
  readonly visitor: Visitor
}

/** Images that the gateway serves with their type. */
const IMAGE = /^image\/(png|jpeg|gif|webp|avif|bmp)$/
/** Bytes of an image that is shown without being asked for. */
const MAX_PREVIEW = 5_000_000

/** A file of a message: an image is shown, any other file is read when the visitor asks for it. */
export function AttachmentView({ attachment, visitor }: AttachmentProps) {
  const { texts, locale } = useEnvironment()
  const name = attachment.name ?? texts.file
  if (attachment.externalUrl) {
    return (
      <a class="file" href={attachment.externalUrl} target="_blank" rel="noopener noreferrer nofollow">
        <FileIcon />
        <span dir="auto">{name}</span>
      </a>
    )
  }
  const isImage = IMAGE.test(attachment.contentType ?? '') && (attachment.size ?? 0) <= MAX_PREVIEW
  const download = async () => {
    const blob = await readFile(visitor, attachment.url)
    if (blob) saveAs(blob, name)
  }
  return (
    <>
      {isImage && <Preview attachment={attachment} name={name} visitor={visitor} />}
      <button
        type="button"
        class="file"
        title={fill(texts.download, name)}
        onClick={() => {
          void download()
        }}
      >
        <FileIcon />
        <span dir="auto">{name}</span>
        {typeof attachment.size === 'number' && <small>{formatSize(attachment.size, locale)}</small>}
      </button>
    </>
  )
}

/** An `img` cannot send the visitor's token, so the image is read first. Nothing is shown where that fails. */
function Preview({ attachment, name, visitor }: AttachmentProps & { readonly name: string }) {
  const { texts } = useEnvironment()
  const [url, setUrl] = useState<string | null>(null)
  const path = attachment.url
  useEffect(() => {
    let isWanted = true
    let created: string | null = null
    void readFile(visitor, path).then((blob) => {
      if (!blob || !isWanted) return
      created = URL.createObjectURL(blob)
      setUrl(created)
    })
    return () => {
      isWanted = false
      if (created !== null) URL.revokeObjectURL(created)
    }
  }, [visitor, path])
  // The page's Content-Security-Policy may forbid images of this kind.
  return url && <img src={url} alt={fill(texts.image, name)} onError={() => setUrl(null)} />
}

/** Null if it cannot be read. */
function readFile({ session }: Visitor, url: string): Promise<Blob | null> {
  return downloadFile(session, url).catch(() => null)
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has begun the download when the next task runs.
  setTimeout(() => URL.revokeObjectURL(link.href))
}

function formatSize(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte']
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(value)
}
