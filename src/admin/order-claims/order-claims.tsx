import type { OrderDetailsWidgetProps } from "@medusajs/admin"
import { Container, Heading, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { AskOwner } from "./ask-owner"
import { ClaimList } from "./claim-list"
import { LINK_CLASS } from "./claimant"
import { errorSentence } from "./error-sentence"
import { claimsOfOrder } from "./paths"
import { Problem } from "./problem"
import { Skeleton } from "./skeleton"
import { useOrderClaims } from "./use-order-claims"

/** The claims of an order; nothing for a customer's own order that nobody asked for. */
export const OrderClaims = ({ order, notify }: OrderDetailsWidgetProps) => {
  const { claims, error, retry, ...older } = useOrderClaims(order.id)
  const canBeAskedFor =
    order.customer?.has_account === false && order.canceled_at === null
  if (claims?.length === 0 && !error && !canBeAskedFor) return null

  return (
    <Container
      className="flex flex-col gap-y-6"
      role="region"
      aria-labelledby="order-claims"
    >
      <header className="flex items-center justify-between">
        <Heading
          level="h2"
          id="order-claims"
          // Like the headings of the dashboard's own cards on this page.
          className="inter-xlarge-semibold font-semibold"
        >
          Order claims
        </Heading>
        {canBeAskedFor && <AskOwner order={order} notify={notify} />}
      </header>
      {error && (
        <Problem onRetry={retry}>
          The claims of this order could not be loaded: {errorSentence(error)}
        </Problem>
      )}
      {!claims && !error && <Skeleton rows={3} />}
      {claims?.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle">
          Nobody has asked for this order.
        </Text>
      )}
      {claims && claims.length > 0 && (
        <>
          <ClaimList claims={claims} {...older} notify={notify} />
          <Text size="small" className="text-ui-fg-subtle">
            The timeline calls the email with the link{" "}
            <code>order-update-token.created</code>.{" "}
            <Link to={claimsOfOrder(order.id)} className={LINK_CLASS}>
              Show these claims in the list of all
            </Link>
          </Text>
        </>
      )}
    </Container>
  )
}
