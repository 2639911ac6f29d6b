import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createClient } from '../../../packages/client/src/index.ts'
import {
  useConnection,
  useMessages,
  useRoom,
  useSend,
  useSubscription,
} from '../../../packages/client/src/react/index.ts'
import { Events } from '../documents.ts'

/** A chat in few lines, for the test of the hooks. The test puts the room and its token into the element. */
const root = document.getElementById('chat')
const { roomId = '', visitorToken = '' } = root?.dataset ?? {}
const client = createClient({ url: 'graphql', credential: { visitorToken } })

function Header() {
  const { room, isConnected, error } = useRoom(client, roomId)
  const { status, opened } = useConnection(client)
  return (
    <header>
      <output aria-label="Status">{error?.message ?? room?.status}</output>
      <output aria-label="Connection">{isConnected ? 'open' : 'lost'}</output>
      <output aria-label="Client">
        {status} {opened}
      </output>
    </header>
  )
}

function Messages() {
  const { messages, loadEarlier } = useMessages(client, roomId)
  return (
    <>
      {loadEarlier && (
        <button type="button" onClick={() => void loadEarlier()}>
          Earlier
        </button>
      )}
      <ul>
        {messages.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </>
  )
}

function Composer() {
  const { send, isSending, outcome, retry } = useSend(client, roomId)
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(text)
      }}
    >
      <input aria-label="Message" value={text} onChange={({ target }) => setText(target.value)} />
      <output aria-label="Outcome">{isSending ? 'sending' : outcome?.status}</output>
      {retry && (
        <button type="button" onClick={retry}>
          Again
        </button>
      )}
    </form>
  )
}

function Upload() {
  const [shares, setShares] = useState<readonly number[]>([])
  const [status, setStatus] = useState('')
  const [transfer, setTransfer] = useState<AbortController | null>(null)
  const upload = async (file: File) => {
    const controller = new AbortController()
    setTransfer(controller)
    const onProgress = (share: number) => setShares((before) => [...before, share])
    const outcome = await client.upload(roomId, file, { onProgress, signal: controller.signal })
    setStatus(outcome.status)
  }
  return (
    <>
      <input
        type="file"
        aria-label="File"
        onChange={({ target: { files } }) => files?.[0] && void upload(files[0])}
      />
      <button type="button" onClick={() => transfer?.abort()}>
        Abort
      </button>
      <output aria-label="Progress">{shares.join(' ')}</output>
      <output aria-label="Upload">{status}</output>
    </>
  )
}

/** A subscription to the room, or to one that there is not. */
function Subscription() {
  const [subscribedId, setSubscribedId] = useState<string | null>(null)
  const [log, setLog] = useState<readonly string[]>([])
  const note = (entry: string) => setLog((before) => [...before, `${before.length + 1} ${entry}`])
  const restart = useSubscription(client, Events, subscribedId === null ? null : { roomId: subscribedId }, {
    onData: ({ roomEvents }) => note(roomEvents.__typename),
    onConnection: (isOpen) => note(isOpen ? 'open' : 'lost'),
    onEnd: () => note('ended'),
  })
  return (
    <>
      <button type="button" onClick={() => setSubscribedId(roomId)}>
        Subscribe
      </button>
      <button type="button" onClick={() => setSubscribedId('no-room')}>
        Subscribe elsewhere
      </button>
      <button type="button" onClick={() => setSubscribedId(null)}>
        Unsubscribe
      </button>
      <button type="button" onClick={restart}>
        Restart
      </button>
      <output aria-label="Log">{log.join(', ')}</output>
    </>
  )
}

if (root)
  createRoot(root).render(
    <StrictMode>
      <Header />
      <Messages />
      <Composer />
      <Upload />
      <Subscription />
    </StrictMode>,
  )
