/** The runtime's functions in the unchecked form that a generic application, such as the kit's probe, is wired with. */
import type { ApplicationInterface } from '../../spec/application.ts'
import { ForbiddenError, PublicError, UnauthorizedError } from '../../spec/errors.ts'
import type { Application } from './application.ts'
import { pikkuChannelConnectionFunc, pikkuChannelDisconnectionFunc, pikkuChannelFunc, pikkuFunc } from './functions.ts'

/** All that `probe.wire` asks for, with the `wireChannel` of this application. */
export function interfaceOf(application: Application): ApplicationInterface {
  const functions = {
    wireChannel: application.wireChannel,
    pikkuFunc,
    pikkuChannelFunc,
    pikkuChannelConnectionFunc,
    pikkuChannelDisconnectionFunc,
    PublicError,
    UnauthorizedError,
    ForbiddenError,
  }
  // The checked signatures say more than a generic application can keep to; the functions are the same.
  return functions as unknown as ApplicationInterface
}
