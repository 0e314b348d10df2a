/** Gates hold handlers until the program lets them go on; open once, open for good, so that no wake-up is lost. */
export class Gates {
  #open = new Set<string>()
  #waiting = new Map<string, (() => void)[]>()

  /** Resolves once the gate is open; at once where it already is. */
  wait(name: string): Promise<void> {
    if (this.#open.has(name)) return Promise.resolve()
    return new Promise((resolve) => {
      const list = this.#waiting.get(name)
      if (list === undefined) this.#waiting.set(name, [resolve])
      else list.push(resolve)
    })
  }

  /** Opens the gate and lets everyone waiting at it go on. */
  open(name: string): void {
    this.#open.add(name)
    const list = this.#waiting.get(name) ?? []
    this.#waiting.delete(name)
    for (const resolve of list) resolve()
  }
}
