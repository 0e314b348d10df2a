/** What the text of a card needs of it. */
export interface CardText {
  system: string
  requirement: string
  clause: string
  title: string
  level: 'must' | 'should'
  size: number
  shrunkFrom: number
  reproduced: { times: number; of: number }
  expected: string
  observed: string
  events: readonly string[]
}
