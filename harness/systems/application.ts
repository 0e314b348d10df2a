/** The runtime's functions in the unchecked form that the probe is wired with. */
import {
  type Application,
  ForbiddenError,
  PublicError,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
  pikkuFunc,
  UnauthorizedError,
} from '../../adapters/runtime/index.ts'
import type { ApplicationInterface } from '../../spec/application.ts'

/** What a probe wires itself to `application` with. */
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
  // The checked signatures say more than a generic probe can keep to; the functions are the same.
  return functions as unknown as ApplicationInterface
}
