import { useContext, useRef, useState } from 'react'
import { FilesContext } from '../gateway-context.ts'

/** A file that the operator has chosen, until it is sent. */
export interface Upload {
  /** Its idempotency key: sent again after a failure, it is delivered once. */
  readonly key: string
  readonly file: File
  readonly state: 'chosen' | 'sending' | 'failed'
  /** The share that was sent, from 0 to 1. */
  readonly progress: number
  /** Why it was not sent; null where the gateway could not say. */
  readonly reason: string | null
}

export interface Uploads {
  readonly list: readonly Upload[]
  readonly add: (files: readonly File[]) => void
  /** Removes a file, and ends its transfer. */
  readonly remove: (key: string) => void
  /** Sends all files in order. Resolves to false if one was not sent: it stays in the list, with those after it. */
  readonly send: () => Promise<boolean>
}

/** The files that the operator is about to send to a room. */
export function useUploads(roomId: string): Uploads {
  const files = useContext(FilesContext)
  const [list, setList] = useState<readonly Upload[]>([])
  const transfers = useRef(new Map<string, AbortController>())

  const change = (key: string, changed: Partial<Upload>) =>
    setList((current) => current.map((upload) => (upload.key === key ? { ...upload, ...changed } : upload)))
  const drop = (key: string) => setList((current) => current.filter((upload) => upload.key !== key))

  const sendOne = async ({ key, file }: Upload): Promise<boolean> => {
    const controller = new AbortController()
    transfers.current.set(key, controller)
    change(key, { state: 'sending', progress: 0, reason: null })
    const sent = await files.send(roomId, file, {
      key,
      signal: controller.signal,
      onProgress: (progress) => change(key, { progress }),
    })
    transfers.current.delete(key)
    if (sent.outcome === 'failed') change(key, { state: 'failed', reason: sent.detail })
    else drop(key)
    return sent.outcome !== 'failed'
  }
  return {
    list,
    add: (added) => {
      const chosen = { state: 'chosen', progress: 0, reason: null } as const
      const uploads = added.map((file) => ({ key: crypto.randomUUID(), file, ...chosen }))
      setList((current) => [...current, ...uploads])
    },
    remove: (key) => {
      transfers.current.get(key)?.abort()
      drop(key)
    },
    send: async () => {
      for (const upload of list) if (!(await sendOne(upload))) return false
      return true
    },
  }
}
