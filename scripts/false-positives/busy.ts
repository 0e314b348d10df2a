/** Keeps one core busy until it is killed, or the process that started it is gone. */
process.on('disconnect', () => process.exit())
function spin(): void {
  for (const end = Date.now() + 50; Date.now() < end; );
  setImmediate(spin)
}
spin()
