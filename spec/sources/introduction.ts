/** The introduction, sentence by sentence. */
import type { SourceEntry } from './source.ts'

const heading = 'a heading'
const advice = 'advice on choosing a deployment; it promises nothing of an adapter'

export const introduction: readonly SourceEntry[] = [
  { quote: '---', to: 'description: Pikku Channels\n---', excluded: "the page's front matter" },
  {
    quote:
      'Channels, such as WebSockets, provide an excellent way to establish bidirectional communication within an application.',
    excluded: 'an introduction; ROUTE and SEND say what bidirectional means',
  },
  {
    quote: 'They enable real-time interaction and data exchange, making them a powerful tool for dynamic applications.',
    excluded: 'praise',
  },
  {
    quote:
      'The function-based approach described here is inspired by AWS Serverless WebSockets, allowing flexibility to implement channels through traditional WebSocket servers (like `ws` or `uws`) or serverless platforms.',
    ids: ['ROUTE-03', 'STATELESS-01'],
  },
  {
    quote: 'This versatility ensures compatibility with various architectures and deployment strategies.',
    excluded: 'praise; the capability table is what it comes to',
  },
  {
    quote: 'When implementing channels, the choice between **stateful** and **stateless** approaches is crucial.',
    excluded: 'names the capabilities stateful and stateless; a declaration, not a promise',
  },
  { quote: 'Each comes with unique trade-offs, particularly when working with serverless environments.', excluded: advice },
  { quote: '### Stateless vs. Stateful Functions', excluded: heading },
  { quote: '- **Stateless Functions**:', excluded: heading },
  { quote: '- Execute a task, optionally send a response, and then terminate.', ids: ['STATELESS-13', 'SEND-01', 'SEND-02'] },
  { quote: '- Ideal for serverless platforms where functions are billed per execution.', excluded: advice },
  {
    quote:
      '- Subscriptions are possible but must be **offloaded to a separate process** (e.g., a dedicated service or worker) to maintain efficiency and avoid the high costs of keeping a serverless function running.',
    ids: ['STORE-06', 'STATELESS-12'],
  },
  { quote: '- **Stateful Functions**:', excluded: heading },
  { quote: '- Can maintain persistent resources like timers or subscriptions directly within the function.', ids: ['LIFE-21'] },
  { quote: '- Suited for environments running on dedicated machines, as they allow long-lived connections.', excluded: advice },
  {
    quote: '- Not recommended for serverless due to the high costs of maintaining continuous function activity.',
    excluded: advice,
  },
  { quote: '### Choosing the Right Approach', excluded: heading },
  {
    quote:
      "The decision to use a stateful or stateless approach depends largely on your application's requirements and deployment environment.",
    excluded: advice,
  },
  {
    quote:
      'Stateless functions are preferred for cost efficiency in serverless architectures, especially when subscriptions are offloaded to separate, purpose-built processes.',
    excluded: advice,
  },
  {
    quote:
      'Stateful functions, on the other hand, work better for scenarios where maintaining long-lived connections is essential, typically in non-serverless setups.',
    excluded: advice,
  },
  {
    quote:
      'In the following sections, we’ll explore these concepts further and provide practical guidance on implementing both approaches effectively.',
    excluded: 'says what the next pages are about',
  },
  {
    quote: 'For now, let’s dive into how channels are currently implemented and the possibilities they offer.',
    excluded: 'says what the next pages are about',
  },
]

/** Lines of the rendered page that the introduction itself does not have. */
export const renderedOnly: Readonly<Record<string, string>> = {
  'Skip to main content': 'a link of the site',
  'Channels Intro': 'a link of the site',
  'Introduction to Channels': "the page's title",
}
