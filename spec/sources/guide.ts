/** The guide, sentence by sentence. A sample's ids are those of what its lines and comments promise. */
import type { SourceEntry } from './source.ts'

const heading = 'a heading'
const advice = 'advice on design or deployment; it promises nothing of an adapter'
const elsewhere = 'points to another page'

export const guide: readonly SourceEntry[] = [
  { quote: 'Channels', excluded: heading },
  {
    quote: 'Channels provide real-time, bidirectional communication between your server and clients.',
    excluded: 'an introduction',
  },
  {
    quote:
      "Think WebSockets, but transport-agnostic - your functions work the same whether they're called via traditional WebSocket servers (like ws or uws) or serverless WebSocket platforms like AWS API Gateway.",
    ids: ['TYPE-06', 'LIFE-22', 'STATELESS-01'],
  },
  { quote: "Your domain functions don't need to know they're being called through a WebSocket.", ids: ['ROUTE-10'] },
  { quote: 'They just receive messages, process them, and optionally send responses.', ids: ['ROUTE-02', 'SEND-02', 'ROUTE-10'] },
  {
    quote: 'Pikku handles all the connection lifecycle, message routing, and error handling.',
    ids: ['LIFE-10', 'ROUTE-01', 'SEND-10', 'LIFE-17'],
  },
  { quote: 'Your First Channel', excluded: heading },
  { quote: "Let's create a simple chat channel:", excluded: 'introduces a sample' },
  { quote: '// chat.function.ts', to: "tags: ['chat']\n}\n})", ids: ['TYPE-06', 'SEND-01', 'LIFE-04', 'TYPE-02'] },
  { quote: '// chat.channel.ts', to: 'onMessage,\nauth: false\n})', ids: ['TYPE-06', 'AUTH-02', 'ROUTE-03'] },
  { quote: "That's it!", excluded: 'says what the sample does' },
  { quote: 'Clients can now connect to your chat channel and send messages.', excluded: 'says what the sample does' },
  { quote: 'Pikku automatically:', excluded: 'introduces a list' },
  { quote: '- Upgrades HTTP connections to WebSocket', ids: ['LIFE-01', 'LIFE-23'] },
  { quote: '- Routes messages to your function', ids: ['ROUTE-01', 'ROUTE-03'] },
  { quote: '- Validates message data against your types', ids: ['VALID-01', 'VALID-02', 'LIFE-02'] },
  { quote: '- Sends return values back to the client', ids: ['SEND-01', 'LIFE-08'] },
  { quote: '- Handles errors gracefully', ids: ['LIFE-17', 'SEND-10', 'LIFE-13'] },
  { quote: 'Authentication', excluded: heading },
  {
    quote:
      'The recommended pattern for channel authentication is to use an explicit authentication action rather than authenticating during connection:',
    ids: ['AUTH-03', 'AUTH-05'],
  },
  {
    quote: '// auth.function.ts',
    to: "summary: 'Authenticate a WebSocket connection',\ntags: ['auth']\n}\n})",
    ids: ['TYPE-06', 'AUTH-02', 'AUTH-05', 'AUTH-06', 'SEND-10'],
  },
  {
    quote: 'export const sendMessage = pikkuChannelFunc<',
    to: "summary: 'Send a message',\ntags: ['chat']\n}\n})",
    ids: ['TYPE-06', 'TYPE-04', 'AUTH-04', 'AUTH-01'],
  },
  {
    quote: 'Wire them as actions on the channel:',
    to: '// auth: true on the function\n}\n}\n})',
    ids: ['TYPE-06', 'ROUTE-01', 'AUTH-01', 'AUTH-02'],
  },
  { quote: 'Client flow:', excluded: 'introduces a list' },
  { quote: '- Connect to the channel (no auth required yet)', ids: ['AUTH-03'] },
  { quote: "- Send\n{ action: 'authenticate', token: '...' }to establish session", ids: ['AUTH-05', 'ROUTE-01', 'ROUTE-02'] },
  {
    quote: "- Send\n{ action: 'sendMessage', message: 'Hello' }(now authenticated)",
    ids: ['AUTH-05', 'LIFE-15', 'ROUTE-01', 'ROUTE-02', 'SEND-03'],
  },
  { quote: 'This pattern works well because:', excluded: 'introduces a list' },
  { quote: '- Connections can be established without blocking on authentication', ids: ['AUTH-03'] },
  { quote: '- Authentication errors are clear action responses', ids: ['AUTH-04', 'SEND-10'] },
  { quote: '- You can re-authenticate if tokens expire', ids: ['AUTH-07'] },
  { quote: '- Works seamlessly with reconnection logic', ids: ['AUTH-06', 'SUB-08'] },
  { quote: 'Channel Lifecycle', excluded: heading },
  { quote: 'Channels have three lifecycle events you can handle:', excluded: 'introduces the sections that follow' },
  { quote: 'onConnect', excluded: heading },
  { quote: 'Called when a client first connects:', ids: ['LIFE-06', 'LIFE-07'] },
  {
    quote: 'export const onConnect = pikkuChannelConnectionFunc<',
    to: "summary: 'Handle new connections',\ntags: ['chat']\n}\n})",
    ids: ['TYPE-06', 'LIFE-08', 'LIFE-04'],
  },
  { quote: 'onDisconnect', excluded: heading },
  { quote: 'Called when a client disconnects:', ids: ['LIFE-10'] },
  {
    quote: 'export const onDisconnect = pikkuChannelDisconnectionFunc<{ room: string }>({',
    to: "summary: 'Handle disconnections',\ntags: ['chat']\n}\n})",
    ids: ['TYPE-06', 'TYPE-03', 'LIFE-12'],
  },
  { quote: 'onMessage', excluded: heading },
  { quote: 'Called when a client sends a message:', ids: ['ROUTE-03', 'LIFE-05'] },
  {
    quote: 'export const onMessage = pikkuChannelFunc<',
    to: "summary: 'Handle incoming messages',\ntags: ['chat']\n}\n})",
    ids: ['TYPE-06', 'SEND-01', 'LIFE-04'],
  },
  { quote: 'Wiring a Channel', excluded: heading },
  {
    quote: 'Wire your channel functions together with wireChannel:',
    to: "middleware: [auditMiddleware],\ntags: ['realtime']\n})",
    ids: ['TYPE-06', 'LIFE-20', 'LIFE-01', 'AUTH-01', 'AUTH-13', 'AUTH-14', 'ROUTE-11'],
  },
  { quote: 'Understanding ChannelData', excluded: heading },
  {
    quote:
      'ChannelData is data extracted when the channel first opens - typically from URL params or query parameters, depending on the source:',
    ids: ['LIFE-04', 'ROUTE-11', 'TYPE-05'],
  },
  {
    quote: '// Client connects to: ws://localhost:3000/chat?room=general',
    to: '// ... handle message\n}\n})',
    ids: ['TYPE-06', 'LIFE-04'],
  },
  {
    quote: "This data is available in all lifecycle handlers and doesn't change during the connection.",
    ids: ['LIFE-04', 'LIFE-12'],
  },
  { quote: 'The Channel Object', excluded: heading },
  {
    quote: 'Inside channel functions, you have access to the channel object:',
    to: "channel.state // 'initial' | 'open' | 'closed'\n}",
    ids: ['TYPE-06', 'LIFE-03', 'LIFE-04', 'LIFE-05', 'LIFE-14', 'SEND-04', 'SEND-07', 'SEND-09'],
  },
  { quote: 'Sending Messages', excluded: heading },
  { quote: 'There are two ways to send messages to clients:', excluded: 'introduces the sections that follow' },
  { quote: 'Return a Value', excluded: heading },
  {
    quote: "When you return a value from your channel function, it's automatically sent to the client.",
    ids: ['SEND-01', 'SEND-03'],
  },
  {
    quote:
      'This approach also allows you to wire regular pikkuFunc functions to channels, making them reusable across transports:',
    ids: ['ROUTE-10'],
  },
  {
    quote: 'export const onMessage = pikkuChannelFunc<',
    to: '// Automatically sent to the client\nreturn { message: data.message, timestamp }\n}\n})',
    ids: ['TYPE-06', 'SEND-01'],
  },
  { quote: 'Use channel.send()', excluded: heading },
  { quote: 'For more control, especially when sending multiple messages, use channel.send():', ids: ['SEND-04', 'SEND-07'] },
  {
    quote: 'type StatusUpdate =',
    to: "channel.send({ type: 'complete', result })\n}\n})",
    ids: ['TYPE-06', 'TYPE-01', 'SEND-07', 'SEND-08', 'SEND-09'],
  },
  { quote: 'Real-time Pub/Sub with EventHub', excluded: heading },
  {
    quote:
      'The eventHub service provides transport-agnostic pub/sub, allowing you to broadcast messages to multiple channels, Server-Sent Events, or any other subscriber.',
    ids: ['PUB-01', 'PUB-09', 'PUB-13', 'SUB-11', 'SSE-01'],
  },
  {
    quote: 'This is especially useful in stateless/serverless environments where you need to coordinate between connections.',
    ids: ['STATELESS-12', 'PUB-14'],
  },
  { quote: 'Broadcasting Messages', excluded: heading },
  {
    quote: 'export const broadcastToRoom = pikkuFunc<',
    to: "summary: 'Broadcast message to all users in a room',\ntags: ['chat']\n}\n})",
    ids: ['TYPE-06', 'PUB-01', 'PUB-09', 'PUB-04'],
  },
  { quote: 'Subscribing to Topics', excluded: heading },
  { quote: 'Subscribe channels to topics when they connect:', ids: ['SUB-01', 'LIFE-07'] },
  {
    quote: 'export const onConnect = pikkuChannelConnectionFunc<',
    to: 'return { welcome: `Joined ${room}` }\n}\n})',
    ids: ['TYPE-06', 'SUB-01', 'LIFE-08'],
  },
  { quote: 'Unsubscribing', excluded: heading },
  {
    quote: 'Clean up subscriptions when clients disconnect:',
    to: 'data.channelId)\n}\n})',
    ids: ['TYPE-06', 'SUB-09', 'SUB-02', 'LIFE-12'],
  },
  {
    quote: 'Pikku automatically unsubscribes all topics when a channel disconnects (since a new channel would have a new ID).',
    ids: ['SUB-06', 'SUB-08', 'SUB-09', 'LIFE-03'],
  },
  { quote: 'This means your application needs to resubscribe when connections are reestablished.', ids: ['SUB-08'] },
  { quote: 'EventHub API', excluded: heading },
  { quote: 'The eventHub service provides these methods:', excluded: 'introduces a list' },
  { quote: 'subscribe(topic, subscriberId)- Subscribe to a topic', ids: ['SUB-01', 'SUB-10'] },
  { quote: 'unsubscribe(topic, subscriberId)- Unsubscribe from a topic', ids: ['SUB-02', 'SUB-10'] },
  {
    quote: 'publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)',
    ids: ['PUB-01', 'PUB-02', 'PUB-04'],
  },
  {
    quote: 'EventHub works across all transports - WebSocket channels, Server-Sent Events, and even custom implementations.',
    ids: ['SUB-11', 'PUB-13', 'SSE-01'],
  },
  {
    quote:
      'In stateless environments, it offloads subscription management to a shared service, allowing messages to route correctly even when connections are handled by different function instances.',
    ids: ['PUB-14', 'STATELESS-01', 'STATELESS-12'],
  },
  { quote: 'See the EventHub API documentation for more details.', excluded: elsewhere },
  { quote: 'Stateful vs Stateless', excluded: heading },
  { quote: 'Channels can be deployed in two ways:', excluded: 'introduces the sections that follow' },
  { quote: 'Stateful (Traditional WebSocket Servers)', excluded: heading },
  { quote: 'Long-lived connections on dedicated servers (Express, Fastify, standalone WS server).', excluded: advice },
  { quote: 'Great for:', excluded: 'introduces a list' },
  { quote: '- Direct user interaction', to: '- Low latency requirements', excluded: advice },
  { quote: '- Maintaining connection state in memory', ids: ['LIFE-21'] },
  { quote: 'Stateless (Serverless WebSockets)', excluded: heading },
  { quote: 'Event-driven connections via serverless platforms (AWS API Gateway, Azure Functions).', ids: ['STATELESS-01'] },
  { quote: 'Great for:', excluded: 'introduces a list' },
  { quote: '- Cost efficiency (pay per message)', to: '- Reduced operational overhead', excluded: advice },
  {
    quote:
      'Use eventHub to handle pub/sub in stateless environments - it offloads subscription management to a separate service.',
    ids: ['STATELESS-12', 'PUB-14'],
  },
  { quote: 'Next Steps', to: '- WebSocket Client - Type-safe client generation', excluded: elsewhere },
]
