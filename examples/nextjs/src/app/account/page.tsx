import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { MissingOrder } from "../../components/missing-order"
import { logOut, ownOrders } from "../../lib/account"
import { loggedInAs } from "../../lib/order-claim"
import { OwnClaims } from "./own-claims"

export const metadata: Metadata = { title: "Your account – Hill & Valley" }

export default async function AccountPage() {
  const email = await loggedInAs()
  if (!email) redirect("/login")
  const orders = await ownOrders()
  return (
    <>
      <h1>Your account</h1>
      <form action={logOut}>
        <p>Logged in as {email}</p>
        <button>Log out</button>
      </form>
      <section aria-labelledby="orders">
        <h2 id="orders">Your orders</h2>
        {orders.length === 0 && <p>There are no orders in your account yet.</p>}
        <ul>
          {orders.map(({ id, display_id, items }) => (
            <li key={id}>
              <h3>Order #{display_id}</h3>
              <p>
                {items
                  .map(({ quantity, title }) => `${quantity} × ${title}`)
                  .join(", ")}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <MissingOrder />
      <OwnClaims />
    </>
  )
}
