/** One edit of a mutant. */
import type { Edit } from './mutant.ts'

/** The text with the edit applied. @throws Error where `find` does not occur exactly once */
export function applyEdit(text: string, edit: Edit): string {
  const parts = text.split(edit.find)
  if (parts.length !== 2) {
    throw new Error(
      `${edit.file}: expected ${JSON.stringify(edit.find)} exactly once, found it ${parts.length - 1} times; mend the mutant`,
    )
  }
  return parts.join(edit.replace)
}
