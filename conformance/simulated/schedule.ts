/**
 * Which of the tasks that wait happens next: a list of numbers, part of the program, over fast-check's scheduler.
 * fast-check's own choices come from its random numbers and its replays name tasks by number, so neither stays what it
 * was while a program shrinks; ours are counted among the tasks there are, and 0 is always the plainest.
 */
import fc from 'fast-check'

/** A task that waits for its turn. */
export interface Waiting {
  /** fast-check's number of it. */
  readonly id: number
  readonly name: string
  /** Whose it is. */
  readonly by: string
}

/** The choice that puts the plainest task off until nothing else is left to happen, in favour of the next. */
export const putOff = 8

/** The scheduler of one program. */
export class Schedule {
  /** The tasks that happened, by number: what `fc.schedulerFor` takes. */
  readonly order: number[] = []
  /** Among how many tasks each choice was made. */
  readonly widths: number[] = []
  readonly #choices: readonly number[]
  readonly #scheduler = fc.schedulerFor(this.order)
  readonly #putOff = new Set<number>()
  #last: string | undefined
  #ids = 0

  /** @param choices one for every time there is more than one task to choose from; 0 where they have run out */
  constructor(choices: readonly number[]) {
    this.#choices = choices
  }

  /** Enters a task; `turn` resolves when it is chosen. */
  enter(name: string, by: string): { waiting: Waiting; turn: Promise<unknown> } {
    const turn = this.#scheduler.schedule(Promise.resolve(), name)
    // fast-check numbers its tasks from 1, in the order in which they are entered.
    return { waiting: { id: ++this.#ids, name, by }, turn }
  }

  /**
   * Chooses one of the tasks, or the wait where one may end. They are counted from the plainest: tasks of whoever went on
   * last, then the others, each in the order given, then those that were put off, then the wait.
   */
  choose<T extends Waiting, W extends Waiting>(tasks: readonly T[], wait?: W): T | W {
    const rank = ({ id, by }: T): number => (this.#putOff.has(id) ? 2 : by === this.#last ? 0 : 1)
    const inOrder: (T | W)[] = tasks.toSorted((a, b) => rank(a) - rank(b))
    if (wait !== undefined) inOrder.push(wait)
    const [first, second] = inOrder
    if (first === undefined) throw new Error('there is no task to choose')
    if (second === undefined) return first
    const choice = this.#choices[this.widths.length] ?? 0
    this.widths.push(inOrder.length)
    if (choice !== putOff) return inOrder[choice % inOrder.length] ?? first
    this.#putOff.add(first.id)
    return second
  }

  /** Has a task happen. */
  async happen({ id, by }: Waiting): Promise<void> {
    this.#last = by
    this.order.push(id)
    await this.#scheduler.waitNext(1)
  }
}
