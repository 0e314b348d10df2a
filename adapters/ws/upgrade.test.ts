import { expect, it } from 'vitest'
import { splitTarget } from './upgrade.ts'

it.each([
  ['/chat', '/chat', ''],
  ['/chat?', '/chat', ''],
  ['/chat?a=b?c', '/chat', 'a=b?c'],
  ['/?/x', '/', '/x'],
  ['//chat', '//chat', ''],
  ['http://host:1/chat?a=b', '/chat', 'a=b'],
  ['http://host', '', ''],
  ['*', '*', ''],
])('the target %j has the path %j and the query %j', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query })
})
