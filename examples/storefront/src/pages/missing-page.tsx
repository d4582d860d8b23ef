import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"

export function MissingPage() {
  return (
    <>
      <Heading>There is no such page</Heading>
      <p>
        <Link to="/">Back to the shop</Link>
      </p>
    </>
  )
}
