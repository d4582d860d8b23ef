import { OrderLookup } from "../orders/order-lookup"
import { Heading } from "../parts/heading"

/** The page on which guests find their orders. */
export function FrontPage() {
  return (
    <>
      <Heading lead="Ordered as a guest, maybe with another email address? Find the order here and add it to your account.">
        All your orders in one place
      </Heading>
      <OrderLookup />
    </>
  )
}
