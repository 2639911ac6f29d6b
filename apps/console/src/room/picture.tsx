import { useEffect, useRef, useState } from 'react'
import { useClient } from '../client-context.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { type Attachment, saveAs } from './attachment.tsx'

/** Pictures that browsers show and that contain no program. */
const PREVIEWED: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
])
const MAX_PREVIEW_BYTES = 10_000_000

/** Whether a file of the provider can be shown as a picture. */
export function canPreview({ contentType, size }: Attachment): boolean {
  return PREVIEWED.has(contentType ?? '') && (size ?? 0) <= MAX_PREVIEW_BYTES
}

interface PictureProps {
  readonly url: string
  readonly name: string
}

/** A preview of a picture, which is read once it is visible; a press shows it large. */
export function Picture({ url, name }: PictureProps) {
  const { conversation } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const { picture, hasFailed, retry } = usePicture(url, box)
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <div className="picture" ref={box}>
      {picture && (
        <button
          type="button"
          aria-label={conversation.openPicture(name)}
          onClick={() => dialog.current?.showModal()}
        >
          <img className="picture-preview" src={picture.address} alt="" />
        </button>
      )}
      {hasFailed && (
        <p role="alert" className="error">
          {conversation.pictureUnreadable}{' '}
          <button type="button" className="quiet" onClick={retry}>
            {conversation.tryAgain}
          </button>
        </p>
      )}
      {picture && (
        <dialog ref={dialog} className="lightbox" aria-label={name} closedby="any">
          <header>
            <span className="file-name">{name}</span>
            <button type="button" className="quiet" onClick={() => saveAs(picture.blob, name)}>
              {conversation.download}
            </button>
            <button
              type="button"
              className="quiet icon-only"
              aria-label={conversation.closePicture}
              onClick={() => dialog.current?.close()}
            >
              <Icon name="close" />
            </button>
          </header>
          <img className="lightbox-picture" src={picture.address} alt={name} />
        </dialog>
      )}
    </div>
  )
}

interface LoadedPicture {
  readonly blob: Blob
  /** Address of the blob in this page. */
  readonly address: string
}

/** Reads the picture when its box is visible for the first time. */
function usePicture(url: string, box: React.RefObject<HTMLElement | null>) {
  const client = useClient()
  const [isVisible, setVisible] = useState(false)
  const [attempt, setAttempt] = useState(1)
  const [picture, setPicture] = useState<LoadedPicture | null>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!box.current) return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setVisible(true)
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads it again.
  useEffect(() => {
    if (!isVisible) return
    const controller = new AbortController()
    let address: string | null = null
    client.download(url, { signal: controller.signal }).then(
      (blob) => {
        if (controller.signal.aborted) return
        address = URL.createObjectURL(blob)
        setPicture({ blob, address })
      },
      () => setFailed(!controller.signal.aborted),
    )
    return () => {
      controller.abort()
      if (address !== null) URL.revokeObjectURL(address)
    }
  }, [client, url, isVisible, attempt])
  const retry = () => {
    setFailed(false)
    setAttempt((count) => count + 1)
  }
  return { picture, hasFailed, retry }
}
