import { expect, test } from 'vitest'
import { anchor, escapeText, html, prose, trusted } from './markup.ts'

test.each([
  ['</script><script>', '&lt;/script&gt;&lt;script&gt;'],
  [`"a" & 'b'`, '&quot;a&quot; &amp; &#39;b&#39;'],
  ['\u0000\u0007\u001b[31m\u007f\u0085', '\\u0000\\u0007\\u001b[31m\\u007f\\u0085'],
  ['left\u202eright\u2066', 'left\\u202eright\\u2066'],
  ['half \ud800 of 😀', 'half \\ud800 of 😀'],
  ['lines\n\tstay', 'lines\n\tstay'],
])('%j is escaped', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped)
})

test('a template escapes whatever no template made, in lists too', () => {
  expect(html`<p title="${'"'}">${['<', html`<b>${'&'}</b>`, 1, undefined, false]}</p>`.markup).toBe(
    '<p title="&quot;">&lt;<b>&amp;</b>1</p>',
  )
  expect(html`${trusted('<i>')}`.markup).toBe('<i>')
})

test('JSON that looks like markup is none', () => {
  const forged = JSON.parse('{"markup":"<script>"}') as string
  expect(html`${forged}`.markup).not.toContain('<script>')
})

test('what stands between backticks is code', () => {
  expect(html`${prose('`a<b` holds')}`.markup).toBe('<code>a&lt;b</code> holds')
})

test('an anchor has only what an id and a fragment may have', () => {
  expect(anchor('failure', 'mutant:x y"', 'PUB-02')).toBe('failure-mutant_x_y_-PUB-02')
})
