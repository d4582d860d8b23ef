import type { RouteProps } from "@medusajs/admin"
import { Table } from "@medusajs/ui"
import { ClaimActions } from "../claim-actions"
import { Claimant } from "../claimant"
import { EmailAddress } from "../email-address"
import { beginning, moment } from "../facts"
import type { OrderClaim } from "../order-claim"
import { StatusBadges } from "../status-badges"
import { LastAttempt } from "./last-attempt"
import { OrderLinks } from "./order-links"

interface ClaimRowProps extends RouteProps {
  claim: OrderClaim
}

/** Breaks what is long: best before the @, or else anywhere. */
const PERSON_CLASS = "min-w-[140px] [overflow-wrap:anywhere]"

/** A claim in the table. */
export const ClaimRow = ({ claim, notify }: ClaimRowProps) => (
  <Table.Row className="align-top [&_td]:py-3">
    <Table.Cell>
      <StatusBadges claim={claim} />
      <div className="text-ui-fg-subtle txt-compact-xsmall whitespace-nowrap pt-1">
        {`${beginning(claim)} ${moment(claim.created_at)}`}
      </div>
    </Table.Cell>
    <Table.Cell className={PERSON_CLASS}>
      <EmailAddress>{claim.email}</EmailAddress>
    </Table.Cell>
    <Table.Cell className={PERSON_CLASS}>
      <Claimant claim={claim} />
    </Table.Cell>
    <Table.Cell>
      <OrderLinks claim={claim} />
    </Table.Cell>
    <Table.Cell>
      <LastAttempt claim={claim} />
    </Table.Cell>
    <Table.Cell>
      <ClaimActions claim={claim} notify={notify} />
    </Table.Cell>
  </Table.Row>
)
