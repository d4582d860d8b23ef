import type { RouteProps } from "@medusajs/admin"
import { Table } from "@medusajs/ui"
import type { OrderClaim } from "../order-claim"
import { ClaimRow } from "./claim-row"

const COLUMNS = ["Status", "Recipient", "Claimant", "Orders", "Last attempt"]

interface ClaimTableProps extends RouteProps {
  claims: OrderClaim[]
  /** True while another view is loading, and these claims still stand there. */
  isOld: boolean
}

/** The claims of a page, the newest first. */
export const ClaimTable = ({ claims, isOld, notify }: ClaimTableProps) => (
  // The grid keeps a wide table from stretching the whole page.
  <div className="grid grid-cols-[minmax(0,1fr)]" aria-busy={isOld}>
    <div className="overflow-x-auto">
      <Table aria-label="Order claims" className={isOld ? "opacity-50" : ""}>
        <Table.Header>
          <Table.Row>
            {COLUMNS.map((column) => (
              <Table.HeaderCell key={column} scope="col">
                {column}
              </Table.HeaderCell>
            ))}
            <Table.HeaderCell scope="col">
              <span className="sr-only">Actions</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {claims.map((claim) => (
            <ClaimRow key={claim.id} claim={claim} notify={notify} />
          ))}
        </Table.Body>
      </Table>
    </div>
  </div>
)
