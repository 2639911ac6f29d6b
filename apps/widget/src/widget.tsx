import { useState } from 'preact/hooks'
import { Chat } from './chat.tsx'
import type { Gateway } from './gateway.ts'
import { clearSession, loadSession, type StoredSession, saveSession } from './stored-session.ts'
import { Welcome } from './welcome.tsx'

/** The chat bubble, and the panel that it opens. */
export function Widget({ gateway }: { readonly gateway: Gateway }) {
  const [isOpen, setOpen] = useState(false)
  const [session, setSession] = useState(loadSession)
  const start = (started: StoredSession) => {
    saveSession(started)
    setSession(started)
  }
  const end = () => {
    clearSession()
    setSession(null)
  }
  return (
    <aside class="widget" aria-label="Chat">
      {isOpen && (
        <section class="panel" aria-label="Chat with us">
          <header>
            <h2>Chat with us</h2>
          </header>
          {session ? (
            <Chat key={session.roomId} gateway={gateway} session={session} onClosed={end} />
          ) : (
            <Welcome gateway={gateway} onStarted={start} />
          )}
        </section>
      )}
      <button type="button" class="bubble" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the chat' : 'Chat'}
      </button>
    </aside>
  )
}
