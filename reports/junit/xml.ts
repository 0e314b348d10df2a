/** Elements as plain data, and the XML text of them. */
import XMLBuilder from 'fast-xml-builder'

/** Attributes by `@name`, the text by `text`, child elements by their names; what is undefined is left out. */
export interface Element {
  [name: `@${string}`]: string | number | undefined
  text?: string
  [child: string]: string | number | Element | readonly Element[] | undefined
}

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  textNodeName: 'text',
  ignoreAttributes: false,
  // A system may be called "true": that is no reason for an attribute without a value.
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  tagValueProcessor: (_name, value) => allowed(String(value)),
  attributeValueProcessor: (_name, value) => allowed(String(value)),
})

/** The document with this root element. */
export function xmlText(name: string, root: Element): string {
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [name]: root })
}

/** XML has no way at all to say most control characters and halves of surrogate pairs: they are shown as JSON would. */
function allowed(text: string): string {
  return text.replaceAll(
    /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
