import { render } from 'preact'
import { connectTo } from './gateway.ts'
import { Widget } from './widget.tsx'
import './widget.css'

const place = document.getElementById('switchboard-widget')
if (place) render(<Widget gateway={connectTo(place.dataset['gateway'] ?? '/graphql')} />, place)
