import { useState } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { canPreview, Picture } from './picture.tsx'
import { safeAddress } from './text/links.ts'
import { visibleText } from './text/visible-text.ts'

export type Attachment = ConsoleMessageFragment['attachments'][number]

/** A file of a message: a preview of a picture, a button that saves any other file, or a link to another site. */
export function AttachmentView({ attachment }: { readonly attachment: Attachment }) {
  const { general } = useTexts()
  const { externalUrl } = attachment
  const title = attachment.name ? visibleText(attachment.name) : null
  if (externalUrl) return <ExternalLink url={externalUrl} name={title} />
  const name = title ?? general.file
  if (canPreview(attachment)) return <Picture url={attachment.url} name={name} />
  return <SaveButton attachment={attachment} name={name} />
}

function ExternalLink({ url, name }: { readonly url: string; readonly name: string | null }) {
  const href = safeAddress(url)
  if (href === null) return <span>{name ?? visibleText(url)}</span>
  return (
    <a className="file" href={href} title={href} rel="noopener noreferrer" target="_blank">
      <Icon name="link" />
      <span className="file-name">{name ?? visibleText(url)}</span>
      <span className="faint">{new URL(href).host}</span>
    </a>
  )
}

function SaveButton({ attachment, name }: { readonly attachment: Attachment; readonly name: string }) {
  const { room, general } = useTexts()
  const formats = useFormats()
  const client = useClient()
  const [state, setState] = useState<'idle' | 'reading' | 'failed'>('idle')
  const save = async () => {
    if (state === 'reading') return
    setState('reading')
    const file = await client.download(attachment.url).catch(() => null)
    setState(file ? 'idle' : 'failed')
    if (file) saveAs(file, name)
  }
  return (
    <>
      <button
        type="button"
        className="quiet file"
        onClick={() => void save()}
        aria-busy={state === 'reading'}
      >
        <Icon name="file" />
        <span className="file-name">{name}</span>
        <span className="faint">
          {state === 'reading'
            ? general.loading
            : typeof attachment.size === 'number' && formats.size(attachment.size)}
        </span>
      </button>
      {state === 'failed' && (
        <span role="alert" className="error">
          {room.fileUnreadable}
        </span>
      )}
    </>
  )
}

/** Has the browser save a file. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
