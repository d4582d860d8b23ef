import { sentenceOf } from "./sentence-of"

/** What went wrong, said aloud; nothing while nothing has. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="problem">
      {sentenceOf(error)}
    </p>
  )
}
