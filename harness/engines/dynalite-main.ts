/** The process of its own that dynalite runs in: tells its port, and ends with the process that started it. */
import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
// A connection closed for being idle just as a request is on its way would look like a fault of the store.
server.keepAliveTimeout = 0
server.on('error', (error) => {
  throw error
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
// The channel closes however the parent ends.
process.on('disconnect', () => process.exit())
