import { Link, NavLink } from "react-router-dom"

import { LogoutButton } from "../account/logout-button"
import { useCustomer } from "../account/use-customer"
import { useCameFrom } from "../account/use-return"

/** The shop's name and the links to its pages. */
export function Header() {
  const { customer, isLoading } = useCustomer()
  const cameFrom = useCameFrom()
  return (
    <header>
      <Link to="/" className="brand">
        Hill &amp; Valley
      </Link>
      <nav aria-label="Shop">
        <NavLink to="/" end>
          Find an order
        </NavLink>
        {customer && <NavLink to="/account">Account</NavLink>}
        {customer && <LogoutButton />}
        {!customer && !isLoading && (
          <>
            <NavLink to="/login" state={cameFrom}>
              Log in
            </NavLink>
            <NavLink to="/register" state={cameFrom}>
              Register
            </NavLink>
          </>
        )}
      </nav>
    </header>
  )
}
