// Your page needs one line of HTML in place of this file: see docs/widget.md. Here the page's address sets the attributes.
const NAMES = [
  'provider',
  'department',
  'locale',
  'texts',
  'color',
  'title',
  'greeting',
  'position',
  'fields',
]
const script = document.createElement('script')
script.src = '../widget.js'
for (const [name, value] of new URLSearchParams(location.search))
  if (NAMES.includes(name)) script.dataset[name] = value
document.body.append(script)
