/**
 * What the page does by script: filters with their state in the fragment, opening what a link leads to, copying, the
 * theme. It takes nothing from the result but what stands in the page, and writes text only.
 */
export const client = `
(() => {
const one = (id) => document.getElementById(id)
const form = one('filters'), rows = [...document.querySelectorAll('details.r')]
const areas = [...document.querySelectorAll('section.area')]
const names = ['q', 'verdict', 'level', 'area', 'system']
const texts = new Map(rows.map((row) => [row, row.querySelector('h4').textContent.toLowerCase()]))

function matches(row, want) {
  if (want.level && (row.dataset.l !== want.level)) return false
  if (want.area && row.parentElement.dataset.area !== want.area) return false
  if (!want.q.toLowerCase().split(/\\s+/).every((word) => texts.get(row).includes(word))) return false
  const letters = want.system ? row.dataset.v[form.elements.system.selectedIndex - 1] : row.dataset.v
  const letter = form.elements.verdict.selectedOptions[0].dataset.letter
  return letter ? letters.includes(letter) : letters !== '-'
}

function show() {
  const want = Object.fromEntries(names.map((name) => [name, form.elements[name].value]))
  let shown = 0
  for (const row of rows) {
    row.hidden = !matches(row, want)
    if (!row.hidden) shown++
  }
  for (const area of areas) area.hidden = !area.querySelector('details.r:not([hidden])')
  one('nothing').hidden = shown > 0
  one('found').textContent = shown === rows.length ? 'All ' + rows.length + ' requirements' : shown + ' of ' + rows.length + ' requirements'
}

function keep() {
  const state = new URLSearchParams()
  for (const name of names) if (form.elements[name].value) state.set(name, form.elements[name].value)
  const text = state.toString()
  history.replaceState(null, '', text ? '#' + text : location.pathname + location.search)
}

function fill(state) {
  for (const name of names) form.elements[name].value = state.get(name) ?? ''
  // A value that no option has leaves a select empty: then any.
  for (const select of form.querySelectorAll('select')) if (select.selectedIndex < 0) select.selectedIndex = 0
  show()
}

function follow() {
  const fragment = location.hash.slice(1)
  if (fragment.includes('=')) return fill(new URLSearchParams(fragment))
  const target = fragment && one(fragment)
  if (!target) return fill(new URLSearchParams())
  if (target.closest('[hidden]')) fill(new URLSearchParams())
  if (target.matches('details')) target.open = true
  target.scrollIntoView()
}

form.hidden = false
form.addEventListener('input', () => { show(); keep() })
form.addEventListener('reset', () => queueMicrotask(() => { fill(new URLSearchParams()); keep(); form.elements.q.focus() }))
form.addEventListener('submit', (event) => {
  event.preventDefault()
  document.querySelector('details.r:not([hidden]) > summary')?.focus()
})
for (const link of document.querySelectorAll('a[data-filter]')) {
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.pushState(null, '', '#' + link.dataset.filter)
    fill(new URLSearchParams(link.dataset.filter))
    // The heading, not the search: a phone would bring up its keyboard.
    one('requirements').focus()
    one('requirements').scrollIntoView()
  })
}
addEventListener('hashchange', follow)
addEventListener('popstate', follow)
follow()

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const code = button.previousElementSibling
    try {
      await navigator.clipboard.writeText(code.textContent)
      button.textContent = 'Copied'
    } catch {
      // Where the clipboard is not to be had, selected text is one key from being copied.
      getSelection().selectAllChildren(code)
      button.textContent = 'Selected'
    }
  })
  button.addEventListener('blur', () => { button.textContent = 'Copy' })
}

const theme = one('theme'), root = document.documentElement
const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
const name = () => { theme.textContent = dark() ? 'Light theme' : 'Dark theme' }
try { root.dataset.theme = localStorage.getItem('channel-conformance theme') ?? '' } catch {}
theme.hidden = false
theme.addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark'
  try { localStorage.setItem('channel-conformance theme', root.dataset.theme) } catch {}
  name()
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name)
name()
performance.mark('conformance ready')
})()
`
