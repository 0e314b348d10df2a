import type { Source } from '../../spec/requirement.ts'
import { type Html, html, prose } from './markup.ts'

/** The pages that quotes are from, as a reader knows them. */
const pages = { introduction: 'the introduction', guide: 'the guide', runtime: 'the runtime reference' }

/** Where a requirement comes from: a sentence of a page, or a decision. */
export function sourceOf(source: Source): Html {
  return 'decision' in source
    ? html`<p class="source"><span class="label">Decided</span> ${prose(source.decision)}</p>`
    : html`<figure class="source"><blockquote><p>“${source.quote}”</p></blockquote><figcaption>from ${pages[source.seed]}</figcaption></figure>`
}
