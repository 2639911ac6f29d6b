import { render } from 'preact'
import { createGateway } from './gateway.ts'
import { Widget } from './widget.tsx'
import './widget.css'

const root = document.getElementById('switchboard-widget')
if (root) render(<Widget gateway={createGateway(root.dataset['gateway'] ?? '/graphql')} />, root)
