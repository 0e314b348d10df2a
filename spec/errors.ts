/**
 * The errors of the contract: which there are, when a client meets them and what it is shown.
 * Classes hold no behaviour beyond their name; turning an error into a reply is the adapter's work.
 */

/**
 * How the text a client is shown comes about: `own` the error's own message, `route` a sentence that names the
 * routing key, `masked` always the same words.
 */
export type MessageRule = 'own' | 'route' | 'masked'

/** One row of the registry. */
export interface ErrorEntry {
  /** When a client is sent a reply with this name. */
  when: string
  message: MessageRule
  /** Further properties of the reply, besides `error`, `errorName` and the routing key. */
  extra?: 'issues'
}

/** Every `errorName` of the wire format that is not an application's own. */
export const errorRegistry = {
  UnauthorizedError: { when: 'no session where one is required, or thrown by a handler', message: 'own' },
  ForbiddenError: { when: 'thrown by a handler', message: 'own' },
  ValidationError: { when: 'the input schema refused the data', message: 'own', extra: 'issues' },
  UnknownRouteError: { when: 'no wiring matches and there is no onMessage', message: 'route' },
  PayloadTooLargeError: { when: 'a reply or send is larger than the transport can carry', message: 'own' },
  InternalError: { when: 'anything else that a handler, schema or encoder threw', message: 'masked' },
} as const satisfies Record<string, ErrorEntry>

/** The name of an error in the registry. */
export type RegisteredErrorName = keyof typeof errorRegistry

/** What a client is told of an error that is not public: no message, stack or path of the original. */
export const maskedMessage = 'Internal error'

/** The message of an UnknownRouteError where no wiring is declared. */
export const noHandlerMessage = 'No handler for this message'

/** How much of a routing key's value an UnknownRouteError names, in code points. */
export const shownRouteLength = 64

/** Properties of replies that `wireChannel` refuses as routing keys. */
export const reservedRoutingKeys = ['error', 'errorName', 'issues', 'result'] as const

/** One complaint of a schema, as a client sees it. */
export interface ReplyIssue {
  path: (string | number)[]
  message: string
}

/**
 * The base of every error whose name and message a client may see; applications extend it (SEND-14).
 * The name shown is the class's own, unless the instance is given another.
 */
export class PublicError extends Error {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** No session where one is required (AUTH-04); handlers may throw it too. */
export class UnauthorizedError extends PublicError {
  constructor(message = 'Authentication required', options?: ErrorOptions) {
    super(message, options)
  }
}

/** The session is not allowed to do this. */
export class ForbiddenError extends PublicError {
  constructor(message = 'Forbidden', options?: ErrorOptions) {
    super(message, options)
  }
}

/** Data that its schema refused (VALID-01), with every issue's path and message. */
export class ValidationError extends PublicError {
  readonly issues: readonly ReplyIssue[]
  constructor(issues: readonly ReplyIssue[], message = 'Invalid data', options?: ErrorOptions) {
    super(message, options)
    this.issues = issues
  }
}

/** No wiring matches a message and there is no onMessage (ROUTE-04). */
export class UnknownRouteError extends PublicError {
  constructor(message = noHandlerMessage, options?: ErrorOptions) {
    super(message, options)
  }
}

/** A message larger than its receiver's transport carries. */
export class PayloadTooLargeError extends PublicError {
  constructor(message = 'Message too large', options?: ErrorOptions) {
    super(message, options)
  }
}

/** What calls on a channel that is closed reject with (SEND-09, SUB-07); clients never see it. */
export class ChannelClosedError extends Error {
  constructor(message = 'Channel is closed', options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
