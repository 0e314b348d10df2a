/** Tests: events as API Gateway's published samples show them. */

const context = (changes: object) => ({
  routeKey: '$default',
  messageDirection: 'IN',
  extendedRequestId: 'RrrK3FHSIAMFVVQ=',
  requestTime: '17/Nov/2026:10:00:00 +0000',
  requestTimeEpoch: 4_100_000_000_500,
  stage: 'prod',
  requestId: 'RrrK3FHSIAMFVVQ=',
  domainName: 'abcdef1234.execute-api.eu-west-1.amazonaws.com',
  connectionId: 'L0SM9cOFvHcCIhw=',
  apiId: 'abcdef1234',
  connectedAt: 4_100_000_000_000,
  identity: { sourceIp: '192.0.2.1' },
  ...changes,
})

/** Where the samples' connection is. */
export const sampleAddress = {
  channelId: 'abcdef1234/prod/L0SM9cOFvHcCIhw=',
  endpoint: 'https://abcdef1234.execute-api.eu-west-1.amazonaws.com/prod',
}

/** A client asks to connect. */
export const connectEvent = (of: object = {}, changes: object = {}) => ({
  headers: { Host: 'abcdef1234.execute-api.eu-west-1.amazonaws.com', 'Sec-WebSocket-Version': '13' },
  multiValueHeaders: { Host: ['abcdef1234.execute-api.eu-west-1.amazonaws.com'], 'Sec-WebSocket-Version': ['13'] },
  requestContext: context({ routeKey: '$connect', eventType: 'CONNECT', ...of }),
  isBase64Encoded: false,
  ...changes,
})

/** A message has come. */
export const messageEvent = (body: string, of: object = {}) => ({
  requestContext: context({ eventType: 'MESSAGE', messageId: 'RrrK3cIAIAMCIhw=', ...of }),
  body,
  isBase64Encoded: false,
})

/** A connection has ended. */
export const disconnectEvent = (of: object = {}) => ({
  headers: { Host: 'abcdef1234.execute-api.eu-west-1.amazonaws.com', 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
  requestContext: context({
    routeKey: '$disconnect',
    eventType: 'DISCONNECT',
    disconnectStatusCode: 1005,
    disconnectReason: 'Client-side close frame status not set',
    ...of,
  }),
  isBase64Encoded: false,
})
