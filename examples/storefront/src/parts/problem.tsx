import { sentenceOf } from "./sentence-of"

/** An error message, which screen readers announce; empty without an error. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="problem">
      {sentenceOf(error)}
    </p>
  )
}
