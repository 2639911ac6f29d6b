import { type Client, createClient } from '@switchboard/client'
import { useEffect, useState } from 'react'
import { ClientContext } from './client-context.ts'
import { clearKey, fetchSandboxKey, GATEWAY, loadKey, saveKey } from './session.ts'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'

/** The console: sign-in, then everything over one connection. */
export function App() {
  const [key, setKey] = useState(loadKey)
  // Whether to ask for a key: there is none to fetch, or the operator has signed out.
  const [asked, setAsked] = useState(false)
  // The gateway has refused this key, so it is not tried again.
  const [refusedKey, setRefusedKey] = useState<string | null>(null)
  const [client, setClient] = useState<Client | null>(null)

  useEffect(() => {
    if (key !== null || asked) return
    let wanted = true
    void fetchSandboxKey().then((found) => {
      if (!wanted) return
      if (found === null || found === refusedKey) setAsked(true)
      else setKey(found)
    })
    return () => {
      wanted = false
    }
  }, [key, asked, refusedKey])

  useEffect(() => {
    if (key === null) return
    let isCurrent = true
    const onUnauthenticated = () => {
      if (!isCurrent) return
      clearKey()
      setRefusedKey(key)
      setAsked(false)
      setKey(null)
    }
    setClient(createClient({ url: GATEWAY, credential: { operatorKey: key }, onUnauthenticated }))
    return () => {
      isCurrent = false
      setClient(null)
    }
  }, [key])

  if (key === null) {
    if (!asked) return null
    const enter = (entered: string) => {
      saveKey(entered)
      setKey(entered)
    }
    return <SignIn isKeyRefused={refusedKey !== null} onEnter={enter} />
  }
  if (!client) return null
  const leave = () => {
    clearKey()
    setRefusedKey(null)
    setAsked(true)
    setKey(null)
  }
  return (
    <ClientContext value={client}>
      <Shell onLeave={leave} />
    </ClientContext>
  )
}
