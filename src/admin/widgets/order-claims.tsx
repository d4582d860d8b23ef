import type { OrderDetailsWidgetProps, WidgetConfig } from "@medusajs/admin"
import { Container, Heading } from "@medusajs/ui"
import { ClaimList } from "../order-claims/claim-list"
import { errorSentence } from "../order-claims/error-sentence"
import { Problem } from "../order-claims/problem"
import { useOrderClaims } from "../order-claims/use-order-claims"

/**
 * The claims of an order, on its page in the admin dashboard. Shows nothing for an
 * order without claims.
 */
const OrderClaimsWidget = ({ order, notify }: OrderDetailsWidgetProps) => {
  const { data, error } = useOrderClaims(order.id)
  if (!error && !data?.order_claims.length) return null

  return (
    <Container
      className="flex flex-col gap-y-6"
      role="region"
      aria-labelledby="order-claims"
    >
      <Heading
        level="h2"
        id="order-claims"
        // Like the headings of the dashboard's own cards on this page.
        className="inter-xlarge-semibold font-semibold"
      >
        Order claims
      </Heading>
      {error && (
        <Problem>
          The claims of this order could not be loaded: {errorSentence(error)}
        </Problem>
      )}
      {data && <ClaimList orderId={order.id} list={data} notify={notify} />}
    </Container>
  )
}

export const config: WidgetConfig = {
  zone: "order.details.after",
}

export default OrderClaimsWidget
