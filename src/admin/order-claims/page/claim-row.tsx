import type { RouteProps } from "@medusajs/admin"
import { StatusBadge, Table } from "@medusajs/ui"
import { ClaimActions } from "../claim-actions"
import { Claimant } from "../claimant"
import { moment } from "../facts"
import type { OrderClaim } from "../order-claim"
import { statusWords } from "../status"
import { LastAttempt } from "./last-attempt"
import { OrderLinks } from "./order-links"

interface ClaimRowProps extends RouteProps {
  claim: OrderClaim
}

/** A claim in the table. */
export const ClaimRow = ({ claim, notify }: ClaimRowProps) => {
  const { words, color } = statusWords(claim)

  return (
    <Table.Row className="align-top [&_td]:py-3">
      <Table.Cell>
        <StatusBadge color={color} className="whitespace-nowrap">
          {words}
        </StatusBadge>
      </Table.Cell>
      <Table.Cell className="break-words [overflow-wrap:anywhere]">
        {claim.email}
      </Table.Cell>
      <Table.Cell className="[overflow-wrap:anywhere]">
        <Claimant claim={claim} />
      </Table.Cell>
      <Table.Cell>
        <OrderLinks claim={claim} />
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {moment(claim.created_at)}
      </Table.Cell>
      <Table.Cell>
        <LastAttempt claim={claim} />
      </Table.Cell>
      <Table.Cell>
        <ClaimActions claim={claim} notify={notify} />
      </Table.Cell>
    </Table.Row>
  )
}
