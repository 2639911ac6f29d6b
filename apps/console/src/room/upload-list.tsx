import { useEffect, useState } from 'react'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { useUploads } from './room-work.ts'
import { visibleText } from './text/visible-text.ts'
import type { Upload, UploadQueue } from './upload-queue.ts'

/** The files that will be sent, with their progress. */
export function UploadList({ queue }: { readonly queue: UploadQueue }) {
  const { conversation } = useTexts()
  const uploads = useUploads(queue)
  if (uploads.length === 0) return null
  return (
    <ul className="uploads" aria-label={conversation.attachments}>
      {uploads.map((upload) => (
        <UploadItem key={upload.key} upload={upload} onRemove={() => queue.remove(upload.key)} />
      ))}
    </ul>
  )
}

interface UploadItemProps {
  readonly upload: Upload
  readonly onRemove: () => void
}

function UploadItem({ upload: { file, state, progress, reason }, onRemove }: UploadItemProps) {
  const { conversation } = useTexts()
  const formats = useFormats()
  const preview = usePreview(file)
  const name = visibleText(file.name)
  return (
    <li className={`upload ${state}`}>
      {preview === null ? <Icon name="file" /> : <img className="upload-preview" src={preview} alt="" />}
      <span className="file-name">{name}</span>
      {state === 'sending' ? (
        <progress value={progress} aria-label={name} />
      ) : (
        <span className="faint">{formats.size(file.size)}</span>
      )}
      <button
        type="button"
        className="quiet icon-only"
        aria-label={state === 'sending' ? conversation.cancelFile(name) : conversation.removeFile(name)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
      {state === 'failed' && (
        <p role="alert" className="error">
          {conversation.fileNotSent} {reason ?? conversation.unreachable}
        </p>
      )}
    </li>
  )
}

/** Address of a preview in this page; null for a file that is no picture. */
function usePreview(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file.type.startsWith('image/')) return
    const created = URL.createObjectURL(file)
    setAddress(created)
    return () => URL.revokeObjectURL(created)
  }, [file])
  return address
}
