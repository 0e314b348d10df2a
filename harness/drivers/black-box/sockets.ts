/** The connections to a server elsewhere: it outlives the kit, and nobody else would end those that a program leaves open. */
import { dialWebSocket } from '../../../conformance/client.ts'
import type { ClientSocket, Dial } from '../../../spec/dial.ts'

/** Every connection that has not ended. */
export class Sockets {
  readonly #open = new Set<ClientSocket>()

  /** Opens a connection as every client of the kit does. */
  readonly dial: Dial = (url, protocols, listener) => {
    const over = (): void => void this.#open.delete(socket)
    const socket: ClientSocket = dialWebSocket(url, protocols, {
      ...listener,
      refused(status) {
        over()
        listener.refused(status)
      },
      closed(code, reason, fault) {
        over()
        listener.closed(code, reason, fault)
      },
    })
    this.#open.add(socket)
    return socket
  }

  /** Cuts those that are left. */
  cut(): void {
    for (const socket of this.#open) socket.vanish()
  }
}
